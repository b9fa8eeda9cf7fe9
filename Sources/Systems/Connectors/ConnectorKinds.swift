/// The kinds of systems that can be configured. A further one is added here.
package enum ConnectorKinds {
    package static let all: [any Connector.Type] = [
        CustobarConnector.self, PosterConnector.self, SolteqConnector.self, VippsConnector.self,
    ]

    package static func named(_ kind: String) -> (any Connector.Type)? { all.first { $0.kind == kind } }

    /// Their names, for messages.
    package static var known: String { all.map { $0.kind }.sorted().joined(separator: ", ") }
}
