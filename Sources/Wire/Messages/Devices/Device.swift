import CCountertopProtos

/// A device that is plugged in.
public struct Device: WireMessage {
    public static let schema = WireSchema(countertop__v1__device__init)

    /// Bus and port chain: "1-4.2". Stable across re-plugging into the same port.
    public var path: String = ""
    /// The vendor's number (idVendor).
    public var vendorId: UInt32 = 0
    /// The product's number (idProduct).
    public var productId: UInt32 = 0
    /// The manufacturer's name as the device tells it; empty when it does not.
    public var manufacturer: String = ""
    /// The product's name as the device tells it; empty when it does not.
    public var product: String = ""
    /// The serial number as the device tells it; empty when it does not.
    public var serial: String = ""
    /// What the edge uses it for.
    public var role: DeviceRole = .unspecified
    /// How far the edge has come with it.
    public var state: DeviceState = .unspecified
    /// What the product id says about the interface mode: "HID POS", "HID keyboard".
    public var mode: String = ""
    /// The lane it serves; empty when none.
    public var lane: String = ""
    /// Why it is in this state, and what to do.
    public var explanation: String = ""
    /// Whether it reads 2D codes such as QR.
    public var reads2d: Ability = .unspecified
    /// Whether it reads codes on screens.
    public var readsScreens: Ability = .unspecified
    /// What a scanner that is ready can be told: "goodRead", "pullTrigger", "aim".
    public var signals: [String] = []
    /// What a scanner answered that was asked for its firmware.
    public var revision: String = ""
    /// Its interfaces, and what the kernel bound to them.
    public var interfaces: [DeviceInterface] = []
    /// The rows of a display that is ready; 0 for anything else.
    public var displayRows: UInt32 = 0
    /// The columns of a display that is ready; 0 for anything else.
    public var displayColumns: UInt32 = 0
    /// What a display that is ready does itself: "brightness", "blink", "cursor".
    public var displayAbilities: [String] = []
    /// How long after its arrival it was ready for the first time, in milliseconds, 1 at least; 0 while it was not yet.
    public var readyAfterMs: UInt32 = 0

    public init() {}

    public init(
        path: String = "", vendorId: UInt32 = 0, productId: UInt32 = 0, manufacturer: String = "",
        product: String = "", serial: String = "", role: DeviceRole = .unspecified, state: DeviceState = .unspecified,
        mode: String = "", lane: String = "", explanation: String = ""
    ) {
        self.path = path
        self.vendorId = vendorId
        self.productId = productId
        self.manufacturer = manufacturer
        self.product = product
        self.serial = serial
        self.role = role
        self.state = state
        self.mode = mode
        self.lane = lane
        self.explanation = explanation
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "path", &path)
        fields.field(2, "vendor_id", &vendorId)
        fields.field(3, "product_id", &productId)
        fields.field(4, "manufacturer", &manufacturer)
        fields.field(5, "product", &product)
        fields.field(6, "serial", &serial)
        fields.field(7, "role", &role)
        fields.field(8, "state", &state)
        fields.field(9, "mode", &mode)
        fields.field(10, "lane", &lane)
        fields.field(11, "explanation", &explanation)
        fields.field(12, "reads_2d", &reads2d)
        fields.field(13, "reads_screens", &readsScreens)
        fields.field(14, "signals", &signals)
        fields.field(15, "revision", &revision)
        fields.field(16, "interfaces", &interfaces)
        fields.field(17, "display_rows", &displayRows)
        fields.field(18, "display_columns", &displayColumns)
        fields.field(19, "display_abilities", &displayAbilities)
        fields.field(20, "ready_after_ms", &readyAfterMs)
    }
}
