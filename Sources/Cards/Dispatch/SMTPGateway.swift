import CCurl
import Credentials
import Dispatch
package import Foundation

/// Sends e-mails through the store's SMTP server (RFC 5321), one at a time, by libcurl.
package final class SMTPGateway: MessageGateway {
    package struct Settings: Sendable, Equatable {
        /// How the conversation is kept from others.
        package enum Security: String, Sendable, CaseIterable {
            /// STARTTLS, and nothing is sent without (RFC 3207).
            case starttls
            /// TLS from the first byte on (RFC 8314).
            case tls
            /// None: for a server on loopback alone.
            case none
        }

        package var host: String
        package var port: Int
        package var security: Security
        /// The address it is sent from.
        package var sender: String
        /// Empty for none.
        package var user: String
        package var passwordPath: String?
        /// A file of certificates that are trusted in the place of the system's.
        package var trustPath: String?

        package init(
            host: String, port: Int, security: Security = .starttls, sender: String, user: String = "",
            passwordPath: String? = nil, trustPath: String? = nil
        ) {
            self.host = host
            self.port = port
            self.security = security
            self.sender = sender
            self.user = user
            self.passwordPath = passwordPath
            self.trustPath = trustPath
        }
    }

    private let settings: Settings
    private let store: String
    private let now: @Sendable () -> Date
    /// libcurl's conversations block their thread.
    private let thread = DispatchQueue(label: "countertop.smtp")

    /// - Parameter store: whose name the e-mails come under.
    package init(_ settings: Settings, store: String, now: @escaping @Sendable () -> Date = { Date() }) {
        self.settings = settings
        self.store = store
        self.now = now
    }

    package func send(_ message: CardMessage) async throws(CardsError) {
        let result: Result<Void, CardsError> = await withCheckedContinuation { done in
            thread.async { [self] in
                done.resume(returning: Result { () throws(CardsError) in try converse(message) })
            }
        }
        try result.get()
    }

    package func close() async {}

    private func converse(_ message: CardMessage) throws(CardsError) {
        let password: String
        do throws(CredentialsError) {
            let bytes = try settings.passwordPath.map { path throws(CredentialsError) in try SecretFile.read(path) ?? []
            }
            password = String(decoding: (bytes ?? []).filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        } catch {
            throw CardsError(.unavailable, error.message, cause: error.cause)
        }
        let mail = MailText(message, sender: settings.sender, store: store, now: now())
        let outcome = SMTPConversation.hold(settings, password: password, to: message.address, mail: mail.bytes)
        if let error = outcome.error { throw error }
    }
}
