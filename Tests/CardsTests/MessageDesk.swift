import Foundation
import TestServers

@testable import Cards

/// An SMS gateway and a mail server on real sockets, and the settings to talk to them.
struct MessageDesk {
    struct Books: Decodable {
        struct Mail: Decodable {
            let from: String
            let to: [String]
            let data: String
            let tls: Bool
            let user: String
        }

        let sms: [[String: String]]
        let mails: [Mail]
        let smtpPort: Int
        let trust: String

        enum CodingKeys: String, CodingKey {
            case sms, mails, trust
            case smtpPort = "smtp_port"
        }
    }

    let server: SystemServer
    let directory: TemporaryDirectory
    let port: Int

    /// - Parameter tls: whether the gateway has a certificate, one that nobody knows.
    init(tls: Bool = false) async throws {
        server = try await SystemServer("messages", tls: tls)
        directory = try TemporaryDirectory()
        let books = try await server.state(Books.self)
        port = books.smtpPort
        try Self.write("t0ken\n", to: directory.file("token"))
        try Self.write("s3cret\n", to: directory.file("password"))
        try Self.write(books.trust, to: directory.file("trust.pem"))
    }

    var books: Books {
        get async throws { try await server.state() }
    }

    func setMailMisdeeds(_ misdeeds: String...) async throws { try await server.setState(["smtp_next": misdeeds]) }

    var sms: SMSGateway.Settings {
        SMSGateway.Settings(
            url: server.base + "/messages", sender: "Store", tokenPath: directory.file("token"),
            answerField: "status", answersTaken: ["accepted"])
    }

    var mail: SMTPGateway.Settings {
        SMTPGateway.Settings(
            host: "localhost", port: port, sender: "cards@store.example", user: "store",
            passwordPath: directory.file("password"), trustPath: directory.file("trust.pem"))
    }

    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
    }
}

extension CardMessage {
    static func to(_ address: String) -> CardMessage {
        CardMessage(
            address: address, subject: "Kundekortet ditt hos Blåbær & Sønn",
            text: "Hei!\n.\n.. Kortet: https://cards.example/c/abc\n",
            reference: "card-1")
    }
}
