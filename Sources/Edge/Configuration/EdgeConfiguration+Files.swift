import Cards
import Foundation
import Glibc
import Systems

extension EdgeConfiguration {
    /// What is wrong with the files that the configuration names and an edge needs, a sentence each. Files that this user may
    /// not look at, and credentials that only the service manager hands over, are left out.
    package var fileFaults: [String] {
        var faults: [String] = []
        for path in credentialPaths where Self.canLook(path) {
            do throws(SystemsError) {
                _ = try CredentialFiles().read(path)
            } catch {
                faults.append(error.message)
            }
        }
        guard let cards else { return faults }
        faults += Self.faults { () throws(CardsError) in _ = try LinkKey.load(from: cards.keyPath) }
        if let apple = cards.apple, Self.canLook(apple.keyPath) {
            faults += Self.faults { () throws(CardsError) in _ = try ApplePass(apple) }
        }
        if let google = cards.google, Self.canLook(google.keyPath) {
            faults += Self.faults { () throws(CardsError) in _ = try GoogleWallet(google) }
        }
        return faults
    }

    /// The files that hold passwords and tokens, a line each.
    private var credentialPaths: [String] {
        var paths = systems.filter(\.isEnabled).flatMap { system in
            (ConnectorKinds.named(system.kind)?.rules ?? []).filter { $0.form == .credential }
                .compactMap { system.optionalText($0.name) }
        }
        paths += feeds.compactMap { feed in
            if case .http(let place) = feed.place { place.tokenPath } else { nil }
        }
        paths += [cards?.email?.passwordPath, cards?.sms?.tokenPath].compactMap { $0 }
        return paths.filter { $0.hasPrefix("/") }
    }

    /// A file that is not there is looked at, and found to be missing.
    private static func canLook(_ path: String) -> Bool { access(path, R_OK) == 0 || errno != EACCES }

    private static func faults(_ look: () throws(CardsError) -> Void) -> [String] {
        do throws(CardsError) {
            try look()
            return []
        } catch {
            return [error.message]
        }
    }
}
