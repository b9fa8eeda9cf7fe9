/// A configuration that is read to its end: a fault in it hides no other.
package struct ConfigurationReading: Sendable {
    /// How many faults are named. Who has mended as many reads it again.
    package static let faultsMax = 50
    /// How often it is read, each time without one more setting that is at fault.
    private static let turnsMax = 200

    /// What is wrong with the file, in the order of its lines.
    package private(set) var faults: [EdgeError] = []
    /// Whether there may be more faults than are named.
    package private(set) var isCut = false
    /// What it says beside its faults; `nil` when nothing of it can be read.
    package private(set) var configuration: EdgeConfiguration?

    /// - Parameter path: the file's.
    package init(path: String) {
        do {
            try read(ConfigurationReader(yaml: EdgeConfiguration.text(of: path), file: path))
        } catch {
            take(error)
        }
        configuration = configuration?.withKeyPath()
        faults.sort {
            ($0.setting?.line ?? 0, $0.setting?.column ?? 0) < ($1.setting?.line ?? 0, $1.setting?.column ?? 0)
        }
    }

    private mutating func read(_ root: ConfigurationReader) throws {
        var passedOver: Set<String> = []
        for _ in 0..<Self.turnsMax where faults.count < Self.faultsMax {
            do {
                configuration = try EdgeConfiguration(root.passing(over: passedOver))
                return
            } catch let error as EdgeError {
                // What is asked of a whole section whose part was passed over follows from that part's fault.
                let name = error.setting?.name ?? ""
                let isNew = !passedOver.contains { $0 == name || Self.holds(name, $0) }
                if isNew { faults.append(error) }
                guard let culprit = Self.outer(of: name, beyond: passedOver) else { return }
                passedOver.insert(culprit)
            }
        }
        isCut = true
    }

    /// Whether nothing is wrong with a section of the file.
    package func isWhole(_ section: String) -> Bool {
        configuration != nil
            && !faults.contains { fault in
                fault.setting.map { $0.name == section || Self.holds(section, $0.name) } ?? true
            }
    }

    private mutating func take(_ error: any Error) {
        faults.append(error as? EdgeError ?? EdgeError(.configurationUnreadable, "The configuration cannot be read."))
    }

    private static func holds(_ section: String, _ setting: String) -> Bool {
        section.isEmpty || setting.hasPrefix(section + ".") || setting.hasPrefix(section + "[")
    }

    /// The setting, or the nearest around it that is not passed over yet; `nil` when only the file as a whole is left.
    private static func outer(of setting: String, beyond passedOver: Set<String>) -> String? {
        var name = setting[...]
        while !name.isEmpty, passedOver.contains(String(name)) {
            name = name.lastIndex { $0 == "." || $0 == "[" }.map { name[..<$0] } ?? ""
        }
        return name.isEmpty ? nil : String(name)
    }
}
