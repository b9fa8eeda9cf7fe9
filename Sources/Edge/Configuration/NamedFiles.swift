import Cards
import Systems

/// The files of their own that a configuration names for the edge to read: passwords, tokens, certificates and pictures.
/// The store's key and the key of card links are not among them.
package struct NamedFiles: Sendable, Equatable {
    /// Whole paths, each once.
    package private(set) var paths: [String] = []
    /// Names of credentials that the service manager hands over (systemd.exec(5), LoadCredential=). Where their files are, the
    /// service's unit says.
    package private(set) var handedOver: [String] = []

    package init(_ configuration: EdgeConfiguration) {
        for system in configuration.systems {
            for rule in ConnectorKinds.named(system.kind)?.rules ?? [] where rule.form == .credential {
                add(system.optionalText(rule.name))
            }
        }
        for feed in configuration.feeds {
            if case .http(let place) = feed.place { add(place.tokenPath) }
        }
        guard let cards = configuration.cards else { return }
        for path in [cards.email?.passwordPath, cards.email?.trustPath, cards.sms?.tokenPath, cards.google?.keyPath] {
            add(path)
        }
        guard let apple = cards.apple else { return }
        for path in [apple.certificatePath, apple.keyPath, apple.intermediatePath] { add(path) }
        if let folder = apple.imagesPath {
            for name in ApplePass.imageNames { add("\(folder)/\(name)") }
        }
    }

    private mutating func add(_ place: String?) {
        guard let place, !place.isEmpty else { return }
        guard place.hasPrefix("/") else {
            if !handedOver.contains(place) { handedOver.append(place) }
            return
        }
        if !paths.contains(place) { paths.append(place) }
    }
}
