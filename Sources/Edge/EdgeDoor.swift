import Glibc
import Transport

/// A place the edge listens at, and how it finds out there who comes.
struct EdgeDoor: Sendable {
    let address: EdgeAddress
    let security: ListenerSecurity

    /// All doors of a configuration.
    static func all(_ configuration: EdgeConfiguration, network: StoreNetwork?) -> [EdgeDoor] {
        let listen = configuration.listen
        var doors: [EdgeDoor] = []
        if listen.isTCPOn {
            doors.append(EdgeDoor(address: .tcp(host: listen.host, port: listen.port), security: .open(.local)))
        }
        if !listen.unixPath.isEmpty {
            let users = LocalUsers.ofThisMachine()
            doors.append(
                EdgeDoor(address: .unix(path: listen.unixPath), security: .peerCredentials { users.caller($0) }))
        }
        guard let settings = configuration.network, let network else { return doors }
        let host = settings.host.isEmpty ? allInterfaces : settings.host
        doors.append(EdgeDoor(address: .tls(host: host, port: settings.port), security: .tls(network.tillTLS)))
        guard !settings.origins.isEmpty else { return doors }
        let rules = WebSocketRules(origins: Set(settings.origins))
        doors.append(
            EdgeDoor(
                address: .tls(host: host, port: settings.webSocketPort), security: .webSocket(network.browserTLS, rules)
            ))
        return doors
    }

    /// Every interface of the machine, with IPv6 where the kernel has it.
    private static var allInterfaces: String {
        let hasIPv6 = access("/proc/self/net/if_inet6", F_OK) == 0
        return hasIPv6 ? "::" : "0.0.0.0"
    }
}
