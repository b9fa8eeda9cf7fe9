import Foundation
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Systems`.
struct SystemService: Sendable {
    let systems: StoreSystems
    let feeds: StoreFeeds
    let audit: AuditLog

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Systems/List") { (_: ListSystemsRequest, _) in
            ListSystemsAnswer(systems: service.all)
        }
        router.unaryAsync("countertop.v1.Systems/Check") {
            (request: CheckSystemRequest, context) async throws(Status) in
            guard let entry = service.systems.entry(request.name) else { throw service.unknown(request.name) }
            service.audit.note(context.caller, "Systems/Check")
            return await service.check(entry)
        }
    }

    /// How each system stands, in the configuration's order.
    var all: [OutsideSystem] { systems.entries.map { system($0) } }

    private func check(_ entry: StoreSystems.Entry) async -> CheckSystemAnswer {
        guard let connector = entry.connector else {
            return CheckSystemAnswer(
                system: system(entry),
                message:
                    "\(entry.settings.name) is switched off. Write enabled: true into its settings, and start again.")
        }
        do throws(SystemsError) {
            let message = try await connector.check()
            return CheckSystemAnswer(system: system(entry), ok: true, message: message)
        } catch {
            return CheckSystemAnswer(system: system(entry), message: error.description)
        }
    }

    private func system(_ entry: StoreSystems.Entry) -> OutsideSystem {
        let settings = entry.settings
        guard let connector = entry.connector else {
            return OutsideSystem(name: settings.name, kind: settings.kind, state: .off)
        }
        let names = connector.feeds.map(\.name)
        let running = feeds.runners.map(\.status).filter { names.contains($0.name) }
        return OutsideSystem(
            settings, connector.client.status, feeds: running)
    }

    private func unknown(_ name: String) -> Status {
        let names = systems.entries.map(\.settings.name).sorted()
        let known = names.isEmpty ? "The configuration has no systems." : "It has \(names.joined(separator: ", "))."
        return Status(.systemUnknown, "The configuration has no system of that name. \(known)")
    }
}

extension WireReason {
    /// The configuration names no system of that name.
    static let systemUnknown = WireReason("SYSTEM_UNKNOWN", .notFound)
}
