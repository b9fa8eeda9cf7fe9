import Foundation
import NIOCore
import Transport
import Wire

/// Answers `countertop.v1.Operations`.
struct OperationsService: Sendable {
    let standing: EdgeStanding

    func register(in router: inout CallRouter) {
        let standing = self.standing
        router.unary("countertop.v1.Operations/Status") { (_: StatusRequest, _) throws(Status) in
            standing.now()
        }
    }
}
