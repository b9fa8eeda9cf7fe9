import CCountertopProtos
import CProtobufC

/// A call of the services in the `.proto` files, with the messages it takes and gives.
public struct WireCall: Sendable {
    /// Package, service and name: "countertop.v1.Customers/Resolve".
    public let name: String
    /// What its request is.
    public let request: WireSchema
    /// What each message of its answer is.
    public let answer: WireSchema
    /// Whether it is answered by many messages.
    public let isStream: Bool

    /// The name without its package: "Customers/Resolve".
    public var shortName: String {
        name.split(separator: "/").first.flatMap { $0.split(separator: ".").last }.map { service in
            "\(service)/\(name.split(separator: "/").last ?? "")"
        } ?? name
    }

    /// Every call this program knows, sorted by name.
    public static let all: [WireCall] = services.flatMap(calls).sorted { $0.name < $1.name }

    /// The call with this name, with or without its package.
    public static func named(_ name: String) -> WireCall? {
        all.first { $0.name == name || $0.shortName == name }
    }

    private static var services: [UnsafePointer<ProtobufCServiceDescriptor>] {
        var count = 0
        let services = countertop_services(&count)
        return UnsafeBufferPointer(start: services, count: count).compactMap(\.self)
    }

    private static func calls(of service: UnsafePointer<ProtobufCServiceDescriptor>) -> [WireCall] {
        let methods = UnsafeBufferPointer(start: service.pointee.methods, count: Int(service.pointee.n_methods))
        let streams = ServedFiles.streams
        return methods.map { method in
            let name = "\(String(cString: service.pointee.name))/\(String(cString: method.name))"
            return WireCall(
                name: name, request: WireSchema(method.input), answer: WireSchema(method.output),
                isStream: streams.contains(name))
        }
    }
}
