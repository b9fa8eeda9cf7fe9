package import Cards
package import Customers
package import Devices
package import Systems

/// What an edge is told about its store.
package struct EdgeConfiguration: Sendable {
    package struct Store: Sendable {
        package var name: String
        /// ISO 3166 region whose phone numbers may be typed without a country code.
        package var region: String
        /// The company whose customers the replica holds.
        package var company: String
        /// The time zone of its clock (https://www.iana.org/time-zones); `nil` for the machine's.
        package var zone: String?
    }

    package struct Listen: Sendable {
        /// A loopback address: whoever reaches it administers the edge.
        package var host: String
        /// Whether the edge listens there at all. Once it is on the network, only when the configuration names a port.
        package var isTCPOn: Bool
        /// 0 lets the system choose.
        package var port: Int
        /// Path of the Unix socket; empty for none.
        package var unixPath: String
    }

    /// Where tills reach the edge over the store's network, with TLS and paired.
    package struct Network: Sendable {
        /// The address of one interface; empty for all.
        package var host: String
        /// 0 lets the system choose.
        package var port: Int
        /// Names and addresses by which tills reach the edge, beside those of the machine itself.
        package var names: [String]
        /// The port for browsers.
        package var webSocketPort: Int
        /// The origins of pages that may connect; without any the edge does not listen for browsers.
        package var origins: [String]

        package static let standard = Network(host: "", port: 7433, names: [], webSocketPort: 7434, origins: [])
    }

    package struct LaneBinding: Sendable {
        package var name: String
        package var devices: [DeviceSelector]
        package var arming: Arming

        package init(name: String, devices: [DeviceSelector], arming: Arming = .always) {
            self.name = name
            self.devices = devices
            self.arming = arming
        }
    }

    /// When a lane's scanners read.
    package enum Arming: String, Sendable, CaseIterable {
        /// Whenever nobody has disarmed them: a scanner that faces the customer.
        case always
        /// From a till's request until a customer was recognised.
        case onRequest = "on_request"
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
    /// Folder of the replica, the journal, the list of tills and the edge's identity.
    package var statePath: String
    package var keyPath: String
    package var listen: Listen
    /// `nil` while the edge serves its own machine alone.
    package var network: Network?
    /// `nil` while nobody is told figures over HTTP.
    package var metrics: Metrics?
    package var lanes: [LaneBinding]
    package var scans = Scans.standard
    /// How long is kept what is known of people.
    package var retention = Retention.standard
    /// Devices that no lane names go to the first lane that has none of their kind.
    package var unboundDevicesJoin: Bool
    package var devices: DeviceConfiguration
    /// The language of the customer displays.
    package var language: DisplayLanguage
    /// The store's own words on them.
    package var ownTexts: [DisplayMoment: [String]]
    /// Its words in other languages, by their codes.
    package var ownTextsElsewhere: [String: [DisplayMoment: [String]]] = [:]
    /// How its words are shown.
    package var displayStyles: [DisplayMoment: DisplayStyle] = [:]
    /// Whether customers are greeted in their own language where they have one.
    package var greetsInCustomersLanguage = false
    /// Where customers become members by themselves; empty for nowhere.
    package var enrolmentAddress = ""
    package var ports: Ports
    /// Where the customers come from.
    package var feeds: [FeedSettings]
    /// The systems outside that the store works with.
    package var systems: [SystemSettings] = []
    /// How the store's own cards are made and sent; `nil` for a store that issues none.
    package var cards: CardSettings?
    /// Kinds of code that the store describes itself.
    package var identifiers: [IdentifierPattern] = []
    /// An empty replica is filled with the sample store.
    package var sampleStore: Bool
    /// Where its settings stand.
    package var positions = SettingPositions.none
}
