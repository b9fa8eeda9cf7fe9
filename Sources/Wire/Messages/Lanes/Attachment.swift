/// What the lane did with a scan.
public struct Attachment: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// No till has taken the scan yet, so nothing was decided.
    public static let unspecified = Self(rawValue: 0)
    /// Not a single customer: a product, an unknown code, a choice to make.
    public static let none = Self(rawValue: 1)
    /// The customer is in the open basket.
    public static let attached = Self(rawValue: 2)
    /// No basket is open: the customer is held and goes into the next one, if it opens within the scan's time.
    public static let held = Self(rawValue: 3)
    /// Another customer is in the basket: the till confirms with AttachCustomer and `replace`.
    public static let confirmReplace = Self(rawValue: 4)
    /// The same customer is in the basket already.
    public static let already = Self(rawValue: 5)
    /// As ``held``, in the place of another customer who was held until now.
    public static let heldInstead = Self(rawValue: 6)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .none: "NONE",
        .attached: "ATTACHED",
        .held: "HELD",
        .confirmReplace: "CONFIRM_REPLACE",
        .already: "ALREADY",
        .heldInstead: "HELD_INSTEAD",
    ]
}
