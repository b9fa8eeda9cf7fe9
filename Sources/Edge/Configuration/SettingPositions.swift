import Yams

/// Where the settings of a configuration stand in its file.
package struct SettingPositions: Sendable {
    /// How deep settings may stand; what is deeper has no place of its own.
    private static let depthMax = 16

    private let file: String
    private var places: [String: String] = [:]

    /// Of a configuration that is in no file.
    package static let none = SettingPositions(file: "")

    private init(file: String) { self.file = file }

    init(_ root: Node, file: String) {
        self.init(file: file)
        note(root, "", depth: 0)
    }

    /// - Parameter setting: as messages name it: `feeds[1].file`.
    /// - Returns: `store.yaml:9:11`; the file alone for a setting that is left out.
    package func words(_ setting: String) -> String { places[setting] ?? file }

    private mutating func note(_ node: Node, _ setting: String, depth: Int) {
        guard depth < Self.depthMax else { return }
        if let mark = node.mark, !setting.isEmpty { places[setting] = "\(file):\(mark.line):\(mark.column)" }
        switch node {
        case .mapping(let mapping):
            for pair in mapping {
                let name = pair.key.string ?? "?"
                note(pair.value, setting.isEmpty ? name : "\(setting).\(name)", depth: depth + 1)
            }
        case .sequence(let sequence):
            for (index, entry) in sequence.enumerated() { note(entry, "\(setting)[\(index + 1)]", depth: depth + 1) }
        case .scalar, .alias: return
        }
    }
}
