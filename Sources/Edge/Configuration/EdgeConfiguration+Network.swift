import Pairing
package import Transport

extension EdgeConfiguration.Network {
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["host", "port", "names", "websocket_port", "origins"])
        self = .standard
        host = try section.string("host") ?? host
        port = try section.integer("port", in: 0...65535) ?? port
        webSocketPort = try section.integer("websocket_port", in: 0...65535) ?? webSocketPort
        names = try section.strings("names") ?? names
        origins = try section.strings("origins") ?? origins
        guard host.isEmpty || MachineNames.isAddress(host) else {
            throw section.mistake(
                "'\(section.place).host' must be the number of an interface, or be left out for all of them.")
        }
        for name in names where !MachineNames.isName(name) && !MachineNames.isAddress(name) {
            throw section.mistake("'\(name)' is neither a host's name nor its number.")
        }
        for origin in origins where !Self.isOrigin(origin) {
            throw section.mistake(
                "'\(origin)' is no origin of a page. Write its scheme and host, and its port if it has one: https://kassa.example."
            )
        }
        guard port == 0 || port != webSocketPort else {
            throw section.mistake("'\(section.place)' has the same port for tills and for browsers. Choose two.")
        }
    }

    /// An origin as browsers send it (RFC 6454, section 6.2): no path, and no default port.
    private static func isOrigin(_ text: String) -> Bool {
        text.wholeMatch(of: /https?:\/\/[a-z0-9.\-]+(:[0-9]{1,5})?/) != nil
    }
}

extension EdgeConfiguration {
    /// Plain connections of this machine and those of the network each need a port of their own.
    mutating func separate(_ network: Network, _ listenSection: ConfigurationReader?) throws {
        listen.isTCPOn = try listenSection?.integer("port", in: 0...65535) != nil
        guard listen.isTCPOn, listen.port != 0, listen.port == network.port || listen.port == network.webSocketPort
        else {
            return
        }
        throw try (listenSection ?? ConfigurationReader(yaml: "{}", file: "")).mistake(
            "'listen.port' is \(listen.port), which 'network' has. Leave it out (this machine's programs use the Unix socket), "
                + "or choose another.", atValueOf: "port")
    }

    /// Where programs of this machine reach an edge that runs on it; `nil` when the system chooses.
    package var ownAddress: EdgeAddress? {
        if !listen.unixPath.isEmpty { return .unix(path: listen.unixPath) }
        return listen.isTCPOn && listen.port != 0 ? .tcp(host: listen.host, port: listen.port) : nil
    }

    /// The configuration in a line.
    package var summary: String {
        var places: [String] = []
        if listen.isTCPOn { places.append("\(listen.host):\(listen.port) (this machine)") }
        if !listen.unixPath.isEmpty { places.append("\(listen.unixPath) (this machine)") }
        if let network {
            places.append("\(network.host.isEmpty ? "all interfaces" : network.host):\(network.port) (paired, TLS)")
            if !network.origins.isEmpty { places.append("browsers at port \(network.webSocketPort)") }
        }
        return "store \"\(store.name)\", lanes \(lanes.map(\.name).joined(separator: ", ")), tills at "
            + places.joined(separator: ", ")
    }
}
