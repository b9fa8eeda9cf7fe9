import Edge

/// How a person named his store or its edge. A command that is printed for him names them alike, so that it works as it stands.
struct GivenPlace: Equatable {
    /// `nil` for the installed one.
    let config: String?
    let edge: String?
    /// The folder of a paired till's key and certificate; `nil` for the one that is looked into by default.
    let credentials: String?

    /// Nothing was named: the installed store is meant.
    static let installed = GivenPlace(config: UnitPlaces.configuration, edge: nil)

    /// - Parameter credentials: of a till that talks to its edge over the network; `nil` for whoever does not.
    init(config: String, edge: String?, credentials: String? = nil) {
        self.config = config == UnitPlaces.configuration ? nil : config
        self.edge = edge
        self.credentials = credentials == CredentialsOptions.standardFolder ? nil : credentials
    }

    /// Whether the service of the package runs by that configuration.
    var isInstalled: Bool { config == nil }

    /// A command of this program's.
    /// - Parameter verb: such as `customers feeds`; it takes the options that are named.
    func command(_ verb: String) -> String {
        let others = [("edge", edge), ("credentials", credentials)].map { name, value in
            value.map { " --\(name) \(Self.quoted($0))" } ?? ""
        }
        return "countertop \(verb)\(configuration)\(others.joined())"
    }

    /// The option that names the configuration, for a verb that takes no other.
    var configuration: String { config.map { " --config \(Self.quoted($0))" } ?? "" }

    /// A word as a shell reads it back.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-:@%+=,".utf8.contains(byte)
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
