import CCountertopProtos

/// Has the edge take up the keys of a key file that was changed.
public struct TakeUpKeysRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__take_up_keys_request__init)

    /// What stands in the key file, sealed under the older of its keys, which the edge holds as well.
    public var sealedKeyFile: [UInt8] = []

    public init() {}

    public init(
        sealedKeyFile: [UInt8] = []
    ) {
        self.sealedKeyFile = sealedKeyFile
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "sealed_key_file", &sealedKeyFile)
    }
}
