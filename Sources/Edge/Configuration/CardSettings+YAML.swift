import Cards
import Foundation
import Systems

extension CardSettings {
    /// Reads `cards`.
    /// - Parameters:
    ///   - store: the store's name.
    ///   - language: of the displays, ISO 639-1.
    ///   - statePath: the folder of the state, in which the links' key stands by default: the edge makes it there.
    init(_ section: ConfigurationReader, store: String, language: String, statePath: String) throws {
        try section.allowOnly(["name", "language", "links", "key", "pages", "email", "sms", "apple", "google"])
        guard let links = try section.string("links") else {
            throw section.mistake(
                "'cards' needs 'links': where customers reach the pages, such as https://cards.example.")
        }
        guard HTTPPlace.isUsable(links), URLComponents(string: links)?.query == nil else {
            throw section.mistake(
                "'cards.links' cannot be '\(links)'. It is an address without a question mark that begins with https://, such as "
                    + "https://cards.example: whoever reads a link on the way has the customer's card.",
                atValueOf: "links")
        }
        let known = CardLanguage.all.map(\.code).joined(separator: ", ")
        let own = try section.value("language", known: "one of \(known)") { code in
            CardLanguage.all.first { $0.code == code }?.code
        }
        self.init(
            name: try section.name("name", "what stands on the cards") ?? store, language: own ?? language,
            links: links,
            keyPath: try section.filePath("key") ?? statePath + "/cards.key")
        pages = try section.section("pages").map { pages in
            try pages.allowOnly(["host", "port"])
            return Pages(
                host: try pages.string("host") ?? "127.0.0.1", port: try pages.integer("port", in: 0...65535) ?? 7436)
        }
        email = try section.section("email").map { try SMTPGateway.Settings($0) }
        sms = try section.section("sms").map { try SMSGateway.Settings($0) }
        apple = try section.section("apple").map { try ApplePass.Settings($0) }
        google = try section.section("google").map { try GoogleWallet.Settings($0) }
    }
}

extension ConfigurationReader {
    fileprivate func needed(_ key: String, _ what: String) throws -> String {
        guard let text = try string(key), !text.isEmpty else {
            throw mistake("'\(place)' needs '\(key)': \(what).")
        }
        return text
    }

    fileprivate func neededFile(_ key: String, _ what: String) throws -> String {
        guard let path = try secretPath(key) else { throw mistake("'\(place)' needs '\(key)': \(what).") }
        return path
    }
}

extension SMTPGateway.Settings {
    fileprivate init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["host", "port", "security", "from", "user", "password", "trust"])
        let known = Security.allCases.map(\.rawValue).joined(separator: ", ")
        let security = try section.value("security", known: known) { Security(rawValue: $0) } ?? .starttls
        let host = try section.needed("host", "the mail server's name")
        let sender = try section.needed("from", "the address that e-mails come from")
        guard sender.wholeMatch(of: /[!-~]+@[A-Za-z0-9.\-]+/) != nil, !sender.contains(where: { "<>\",;".contains($0) })
        else {
            throw section.mistake("'\(section.place).from' is no e-mail address.", atValueOf: "from")
        }
        if security == .none, !["127.0.0.1", "localhost", "::1"].contains(host) {
            throw section.mistake(
                "'\(section.place).security' can be none only for a server of this machine: everybody on the way would read "
                    + "the links.", atValueOf: "security")
        }
        self.init(
            host: host,
            port: try section.integer("port", in: 1...65535) ?? (security == .tls ? 465 : 587),
            security: security, sender: sender, user: try section.string("user") ?? "",
            passwordPath: try section.secretPath("password"), trustPath: try section.filePath("trust"))
    }
}

extension SMSGateway.Settings {
    fileprivate init(_ section: ConfigurationReader) throws {
        try section.allowOnly([
            "url", "format", "fields", "sender", "plus", "token", "token_header", "token_scheme", "answer",
        ])
        guard let url = try section.url("url") else {
            throw section.mistake("'\(section.place)' needs 'url': where the gateway takes messages.")
        }
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        self.init(
            url: url, format: try section.value("format", known: known) { Format(rawValue: $0) } ?? .json,
            sender: try section.string("sender") ?? "", hasPlus: try section.flag("plus") ?? true,
            tokenHeader: try section.string("token_header") ?? "Authorization",
            tokenScheme: try section.string("token_scheme") ?? "Bearer", tokenPath: try section.secretPath("token"))
        if let fields = try section.section("fields") {
            try fields.allowOnly(["to", "text", "sender", "reference"])
            toField = try fields.string("to") ?? toField
            textField = try fields.string("text") ?? textField
            senderField = try fields.string("sender") ?? senderField
            referenceField = try fields.string("reference") ?? referenceField
        }
        if let answer = try section.section("answer") {
            try answer.allowOnly(["field", "taken"])
            answerField = try answer.needed("field", "the field that says whether a message was taken")
            answersTaken = try answer.texts("taken") ?? []
            guard !answersTaken.isEmpty else {
                throw answer.mistake("'\(answer.place)' needs 'taken': the values that say that a message was taken.")
            }
        }
    }
}

extension ApplePass.Settings {
    fileprivate init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["pass_type", "team", "certificate", "key", "intermediate", "images"])
        self.init(
            passType: try section.needed("pass_type", "the identifier of the passes, pass.…"),
            team: try section.needed("team", "the team's identifier at Apple"),
            certificatePath: try section.neededFile("certificate", "the PEM file of the Pass Type ID certificate"),
            keyPath: try section.neededFile("key", "the PEM file of the certificate's key"),
            intermediatePath: try section.neededFile("intermediate", "the PEM file of Apple's WWDR certificate"),
            imagesPath: try section.filePath("images"))
        guard passType.hasPrefix("pass.") else {
            throw section.mistake("'\(section.place).pass_type' begins with pass.", atValueOf: "pass_type")
        }
    }
}

extension GoogleWallet.Settings {
    fileprivate init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["issuer", "class", "account", "key", "origins", "save_url"])
        self.init(
            issuer: try section.needed("issuer", "the issuer's number at Google"),
            loyaltyClass: try section.needed("class", "the name of the loyalty class"),
            account: try section.needed("account", "the service account's e-mail address"),
            keyPath: try section.neededFile("key", "the PEM file of the service account's key"),
            origins: try section.strings("origins") ?? [],
            saveURL: try section.url("save_url") ?? Self.saveURL)
    }
}
