import Foundation
import Testing

@testable import Cards

@Suite struct SMTPGatewayTests {
    private func error(
        _ desk: MessageDesk, to address: String = "kari@example.com",
        _ change: (inout SMTPGateway.Settings) -> Void = { _ in }
    ) async throws -> CardsError? {
        var settings = desk.mail
        change(&settings)
        do throws(CardsError) {
            try await SMTPGateway(settings, store: "Blåbær & Sønn").send(.to(address))
            return nil
        } catch {
            return error
        }
    }

    @Test("An e-mail reaches a strict server over TLS, whole, with its words in every alphabet")
    func taken() async throws {
        let desk = try await MessageDesk()
        #expect(try await error(desk) == nil)
        let mail = try #require(try await desk.books.mails.first)
        #expect(mail.tls && mail.user == "store")
        #expect(mail.from == "cards@store.example" && mail.to == ["kari@example.com"])
        let parts = mail.data.split(separator: "\r\n\r\n", maxSplits: 1)
        let head = String(try #require(parts.first))
        #expect(head.contains("Message-ID: <card-1@store.example>"))
        #expect(head.contains("Content-Type: text/plain; charset=utf-8"))
        let words = head.matches(of: /=\?utf-8\?B\?([A-Za-z0-9+\/=]+)\?=/).compactMap {
            Data(base64Encoded: String($0.1))
        }
        let said = String(decoding: words.reduce(Data(), +), as: UTF8.self)
        #expect(said == "Blåbær & SønnKundekortet ditt hos Blåbær & Sønn")
        let body = try #require(Data(base64Encoded: String(parts[1]), options: .ignoreUnknownCharacters))
        #expect(String(decoding: body, as: UTF8.self) == CardMessage.to("").text.replacing("\n", with: "\r\n"))
    }

    @Test(
        "A mailbox that is nobody's is for good; every other failure is tried again",
        arguments: ["550", "451", "drop", "hang", "garbage", "no_tls"])
    func failures(_ misdeed: String) async throws {
        let desk = try await MessageDesk()
        try await desk.setMailMisdeeds(misdeed)
        let error = try await error(desk)
        #expect(error?.code == (misdeed == "550" ? .refused : .unavailable))
        #expect(error?.description.contains("kari@") == false)
        #expect(try await desk.books.mails.isEmpty)
    }

    @Test("Nothing is sent to a server whose certificate is not trusted, or with a wrong password")
    func untrusted() async throws {
        let desk = try await MessageDesk()
        #expect(try await error(desk) { $0.trustPath = nil }?.code == .unavailable)
        #expect(try await error(desk) { $0.passwordPath = desk.directory.file("token") }?.code == .unavailable)
        #expect(try await error(desk) { $0.port = 1 }?.code == .unavailable)
        #expect(try await desk.books.mails.isEmpty)
    }
}
