/// The kinds of systems that can be configured. A further one is added here, and nowhere else.
package enum ConnectorKinds {
    /// A test may have others within a task of its own.
    @TaskLocal package static var all: [any Connector.Type] = [
        CustobarConnector.self, PosterConnector.self, SolteqConnector.self, VippsConnector.self,
    ]

    package static func named(_ kind: String) -> (any Connector.Type)? { all.first { $0.kind == kind } }

    /// Their names, for messages.
    package static var known: String { names { _ in true } }

    /// The names of those by which customers are enrolled at the till, for messages.
    package static var enrolling: String { names { $0 is any Enroller.Type } }

    private static func names(where isNamed: (any Connector.Type) -> Bool) -> String {
        all.filter(isNamed).map { $0.kind }.sorted().joined(separator: ", ")
    }
}
