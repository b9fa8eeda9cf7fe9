import Edge

/// How a person named his store or its edge. A command that is printed for him names them alike, so that it works as it stands.
struct GivenPlace: Equatable {
    /// `nil` for the installed one.
    let config: String?
    let edge: String?

    /// Nothing was named: the installed store is meant.
    static let installed = GivenPlace(config: UnitPlaces.configuration, edge: nil)

    init(config: String, edge: String?) {
        self.config = config == UnitPlaces.configuration ? nil : config
        self.edge = edge
    }

    /// Whether the service of the package runs by that configuration.
    var isInstalled: Bool { config == nil }

    /// A command of this program's.
    /// - Parameter verb: such as `customers feeds`; it takes both options.
    func command(_ verb: String) -> String {
        "countertop \(verb)\(configuration)\(edge.map { " --edge \(Self.quoted($0))" } ?? "")"
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
