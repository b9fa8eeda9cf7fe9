import Cards
import Foundation
import Glibc
import Systems

extension EdgeConfiguration {
    /// A file, or a credential of the service manager's, that a setting names.
    private struct Named {
        let setting: String
        let name: String
    }

    /// What is wrong with the files that the configuration names and an edge needs, a sentence each, with its line. Files that
    /// this user may not look at are left out, and so are credentials of which nobody knows whether they are handed over.
    /// - Parameter handedOver: what the service that runs by this configuration is handed; `nil` when that is not known.
    package func fileFaults(handedOver: UnitCredentials? = nil) -> [String] {
        var faults: [String] = []
        for credential in credentials {
            guard credential.name.hasPrefix("/") else {
                if handedOver?.hold(credential.name) == false { faults.append(at(credential.setting, Self.notHanded)) }
                continue
            }
            guard Self.canLook(credential.name) else { continue }
            do throws(SystemsError) {
                _ = try CredentialFiles().read(credential.name)
            } catch {
                faults.append(at(credential.setting, error.message))
            }
        }
        guard let cards else { return faults }
        if Self.canLook(cards.keyPath) {
            faults += fault("cards.key") { () throws(CardsError) in _ = try LinkKey.load(from: cards.keyPath) }
        }
        if let apple = cards.apple, Self.canLook(apple.keyPath) {
            faults += fault("cards.apple") { () throws(CardsError) in _ = try ApplePass(apple) }
        }
        if let google = cards.google, Self.canLook(google.keyPath) {
            faults += fault("cards.google") { () throws(CardsError) in _ = try GoogleWallet(google) }
        }
        return faults
    }

    /// Credentials of which only the service manager knows whether they are handed over, a sentence each with its line.
    package var credentialNotes: [String] {
        credentials.filter { !$0.name.hasPrefix("/") }.map { note($0.setting, Self.unknown) }
    }

    /// What feeds read or run and is not there, a sentence each with its line. It may come, so an edge starts all the same.
    /// - Parameter isService: whether the installed service runs by this configuration, which does not see all of the machine.
    package func feedNotes(isService: Bool = false) -> [String] {
        var notes: [String] = []
        for (index, feed) in feeds.enumerated() {
            let named: (setting: String, path: String)? =
                switch feed.place {
                case .file(let path): ("file", path)
                case .folder(let path): ("folder", path)
                case .command(let words): ("command", words.first ?? "")
                case .http: nil
                }
            guard let named else { continue }
            let setting = "feeds[\(index + 1)].\(named.setting)"
            if isService, UnitPlaces.hides(named.path) {
                notes.append(
                    note(setting, "The service does not see \(named.path). Put it elsewhere, such as into /srv."))
            } else if let fault = Self.fault(of: named.path, named.setting) {
                notes.append(
                    note(setting, "\(fault) Until that is mended, feed \(feed.name) brings no customers."))
            }
        }
        return notes
    }

    private static let notHanded =
        "No credential of this name is handed to the service. Write the whole path of a file that only its owner may read, or "
        + "hand it over: LoadCredential=NAME:PATH under [Service] (sudo systemctl edit countertop). A secret itself never stands "
        + "in the configuration."
    private static let unknown =
        "This is taken for the name of a credential that the service manager hands over (LoadCredential=NAME:PATH). A secret "
        + "itself never stands in the configuration."

    /// What is wrong with what a feed reads or runs; `nil` too when this user may not look.
    private static func fault(of path: String, _ setting: String) -> String? {
        guard access(path, F_OK) == 0 else { return errno == EACCES ? nil : "\(path) is not there." }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: target, isDirectory: &isDirectory)
        let isFolder = isDirectory.boolValue
        switch setting {
        case "folder": return isFolder ? nil : "\(path) is no folder."
        case "command":
            return !isFolder && (FileFacts(target)?.mode ?? 0o111) & 0o111 != 0
                ? nil : "\(path) is no program that can be run."
        default: return isFolder ? "\(path) is a folder, and no file." : nil
        }
    }

    /// Where passwords and tokens are.
    private var credentials: [Named] {
        var named: [Named] = []
        for (index, system) in systems.enumerated() where system.isEnabled {
            for rule in ConnectorKinds.named(system.kind)?.rules ?? [] where rule.form == .credential {
                guard let name = system.optionalText(rule.name) else { continue }
                named.append(Named(setting: "systems[\(index + 1)].\(rule.name)", name: name))
            }
        }
        for (index, feed) in feeds.enumerated() {
            guard case .http(let place) = feed.place, let path = place.tokenPath else { continue }
            named.append(Named(setting: "feeds[\(index + 1)].token", name: path))
        }
        let ofCards = [
            ("cards.email.password", cards?.email?.passwordPath), ("cards.sms.token", cards?.sms?.tokenPath),
        ]
        return named + ofCards.compactMap { setting, path in path.map { Named(setting: setting, name: $0) } }
    }

    /// A file that is not there is looked at, and found to be missing.
    private static func canLook(_ path: String) -> Bool { access(path, R_OK) == 0 || errno != EACCES }

    private func fault(_ setting: String, _ look: () throws(CardsError) -> Void) -> [String] {
        do throws(CardsError) {
            try look()
            return []
        } catch {
            return [at(setting, error.message)]
        }
    }

    private func note(_ setting: String, _ words: String) -> String { at(setting, "note: \(words)") }

    private func at(_ setting: String, _ words: String) -> String {
        let place = positions.words(setting)
        return place.isEmpty ? words : "\(place): \(words)"
    }
}
