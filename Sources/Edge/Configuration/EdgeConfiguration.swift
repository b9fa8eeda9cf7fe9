package import Devices

/// What an edge is told about its store.
package struct EdgeConfiguration: Sendable {
    package struct Store: Sendable {
        package var name: String
        /// ISO 3166 region whose phone numbers may be typed without a country code.
        package var region: String
        /// The company whose customers the replica holds.
        package var company: String
    }

    package struct Listen: Sendable {
        package var host: String
        /// 0 lets the system choose.
        package var port: Int
        /// Path of the Unix socket; empty for none.
        package var unixPath: String
        /// Listening beyond loopback while tills are not yet paired over TLS has to be said in so many words.
        package var unprotectedNetworkAllowed: Bool
    }

    package struct LaneBinding: Sendable {
        package var name: String
        package var devices: [DeviceSelector]
    }

    package enum Ports: String, Sendable, CaseIterable {
        /// The machine's own USB ports.
        case real
        /// A virtual scanner and a virtual display.
        case virtual
        /// The machine's own ports, and virtual devices for what is not plugged in at the start.
        case automatic
    }

    package var store: Store
    /// Folder of the replica and the journal.
    package var statePath: String
    package var keyPath: String
    package var listen: Listen
    package var lanes: [LaneBinding]
    /// Devices that no lane names go to the first lane that has none of their kind.
    package var unboundDevicesJoin: Bool
    package var devices: DeviceConfiguration
    package var ports: Ports
    /// An empty replica is filled with the sample store.
    package var sampleStore: Bool
}
