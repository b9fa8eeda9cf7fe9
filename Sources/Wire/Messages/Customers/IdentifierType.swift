/// What kind of identifier it is.
public struct IdentifierType: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The customer's own card number: what Cardu's QR code holds.
    public static let customerCard = Self(rawValue: 1)
    /// E.164, with its plus sign.
    public static let phone = Self(rawValue: 2)
    /// In lower case.
    public static let email = Self(rawValue: 3)
    /// A card of somebody else's (another chain's, a library's) that the customer linked.
    public static let linkedCard = Self(rawValue: 4)
    /// A personal QR code of Vipps MobilePay.
    public static let vippsPersonalQr = Self(rawValue: 5)
    /// The customer's number in the system it comes from.
    public static let externalId = Self(rawValue: 6)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .customerCard: "CUSTOMER_CARD",
        .phone: "PHONE",
        .email: "EMAIL",
        .linkedCard: "LINKED_CARD",
        .vippsPersonalQr: "VIPPS_PERSONAL_QR",
        .externalId: "EXTERNAL_ID",
    ]
}
