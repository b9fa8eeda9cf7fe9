import Customers
import Foundation
package import Systems

/// Lets the store into a system whose owner agrees in a browser. It needs no running edge: the token is read anew for each use.
package struct SystemAuthorisation: Sendable {
    private let connector: any Authorisable
    private let caller = HTTPCaller()
    /// Where the owner agrees.
    package let address: String

    /// - Parameter system: the system's name in the configuration.
    /// - Throws: ``SystemsError`` `settingsWrong`: there is no such system, or it is let in otherwise.
    package init(
        _ configuration: EdgeConfiguration, system: String, credentials: CredentialFiles = CredentialFiles()
    ) throws(SystemsError) {
        guard let settings = configuration.systems.first(where: { $0.name == system }) else {
            let names = configuration.systems.map(\.name).joined(separator: ", ")
            throw SystemsError(
                .settingsWrong,
                "The configuration has no system of that name. "
                    + (names.isEmpty ? "It has no systems." : "It has \(names)."))
        }
        let begin = ContinuousClock.now
        let tools = ConnectorTools(
            caller: caller, credentials: credentials,
            region: PhoneRegion(configuration.store.region) ?? PhoneRegion.all[0],
            now: { FeedTime(wall: Date(), uptime: begin.duration(to: .now)) })
        let made: (any Connector)?
        do throws(SettingFault) {
            made = try ConnectorKinds.named(settings.kind)?.init(settings, tools)
        } catch {
            throw SystemsError(.settingsWrong, "System \(system): \(error.words)")
        }
        guard let connector = made as? any Authorisable else {
            throw SystemsError(
                .settingsWrong,
                "A system of kind \(settings.kind) is let in by its credentials alone, not by a browser.")
        }
        guard let address = connector.authorisationAddress else {
            throw SystemsError(
                .settingsWrong, "An authorisation needs account and oauth in the settings of system \(system).")
        }
        self.connector = connector
        self.address = address
    }

    /// Takes the address that the browser ended at, and writes the token where the edge reads it.
    /// - Returns: what was done, in a sentence.
    package func take(_ answer: String) async throws(SystemsError) -> String {
        let result = await Result { () async throws(SystemsError) in try await connector.authorise(answer: answer) }
        await caller.close()
        return try result.get()
    }
}
