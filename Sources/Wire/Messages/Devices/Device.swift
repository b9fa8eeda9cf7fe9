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
    }
}
