import AsyncHTTPClient
import Credentials
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends SMS through an HTTP gateway. What its requests and answers look like is configuration: gateways agree on nothing.
package final class SMSGateway: MessageGateway {
    package struct Settings: Sendable, Equatable {
        package enum Format: String, Sendable, CaseIterable {
            /// `application/json`, one object.
            case json
            /// `application/x-www-form-urlencoded`.
            case form
        }

        /// `https:`, or `http:` on loopback.
        package var url: String
        package var format: Format
        /// The names of the fields; an empty name leaves the field out.
        package var toField: String
        package var textField: String
        package var senderField: String
        package var referenceField: String
        /// Whom the SMS comes from, as the gateway knows it; empty for none.
        package var sender: String
        /// Whether numbers are sent with their plus sign.
        package var hasPlus: Bool
        /// The header field of the token, and the words in front of it: `Authorization`, `Bearer`.
        package var tokenHeader: String
        package var tokenScheme: String
        /// The file that holds the token, read anew for each message; `nil` for none.
        package var tokenPath: String?
        /// A field of a JSON answer that says whether the message was taken, and the values that say so; empty for a gateway
        /// whose status says all.
        package var answerField: String
        package var answersTaken: [String]

        package init(
            url: String, format: Format = .json, toField: String = "to", textField: String = "text",
            senderField: String = "from", referenceField: String = "reference", sender: String = "",
            hasPlus: Bool = true, tokenHeader: String = "Authorization", tokenScheme: String = "Bearer",
            tokenPath: String? = nil, answerField: String = "", answersTaken: [String] = []
        ) {
            self.url = url
            self.format = format
            self.toField = toField
            self.textField = textField
            self.senderField = senderField
            self.referenceField = referenceField
            self.sender = sender
            self.hasPlus = hasPlus
            self.tokenHeader = tokenHeader
            self.tokenScheme = tokenScheme
            self.tokenPath = tokenPath
            self.answerField = answerField
            self.answersTaken = answersTaken
        }
    }

    private let settings: Settings
    private let client: HTTPClient
    private let name: String
    private let timeout: TimeAmount

    /// - Parameter timeout: for a whole answer.
    package init(_ settings: Settings, timeout: Duration = .seconds(CardsLimits.conversationSeconds)) {
        self.settings = settings
        self.timeout = TimeAmount(timeout)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(CardsLimits.connectSeconds)))
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        name = URLComponents(string: settings.url)?.host ?? "?"
    }

    deinit { client.shutdown { _ in } }

    package func send(_ message: CardMessage) async throws(CardsError) {
        let request = try request(message)
        let status: Int
        let pause: String
        let body: [UInt8]
        do {
            let response = try await client.execute(request, timeout: timeout)
            status = Int(response.status.code)
            pause = response.headers.first(name: "retry-after") ?? ""
            body = Array(try await response.body.collect(upTo: CardsLimits.answerBytesMax).readableBytesView)
        } catch {
            throw failure(error)
        }
        if let error = SMSAnswer(status: status, retryAfter: pause, body: body).error(settings, name: name) {
            throw error
        }
    }

    private func failure(_ error: any Error) -> CardsError {
        let cause = (error as? HTTPClientError)?.shortDescription ?? "\(type(of: error))"
        if let error = error as? NIOSSLError, case .handshakeFailed = error {
            return CardsError(
                .unavailable,
                "The SMS gateway \(name) cannot prove who it is: the TLS handshake failed, and nothing was sent. Check its url, "
                    + "and this machine's clock and certificates. It is tried again.", cause: cause)
        }
        return CardsError(
            .unavailable, "The SMS gateway \(name) cannot be reached, or broke off. It is tried again.", cause: cause)
    }

    package func close() async {
        try? await client.shutdown()
    }

    private func request(_ message: CardMessage) throws(CardsError) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: settings.url)
        request.method = .POST
        if let path = settings.tokenPath {
            do throws(CredentialsError) {
                let bytes = try SecretFile.read(path) ?? []
                let token = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
                let scheme = settings.tokenScheme.isEmpty ? "" : "\(settings.tokenScheme) "
                request.headers.add(name: settings.tokenHeader, value: scheme + token)
            } catch {
                throw CardsError(.unavailable, error.message, cause: error.cause)
            }
        }
        let number = settings.hasPlus ? message.address : message.address.replacing("+", with: "")
        let fields = [
            (settings.toField, number), (settings.textField, message.text),
            (settings.senderField, settings.sender), (settings.referenceField, message.reference),
        ].filter { !$0.0.isEmpty && !$0.1.isEmpty }
        switch settings.format {
        case .json:
            request.headers.add(name: "Content-Type", value: "application/json")
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let object = Dictionary(fields) { $1 }
            request.body = .bytes(ByteBuffer(bytes: (try? encoder.encode(object)) ?? Data()))
        case .form:
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            let pairs = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }
            request.body = .bytes(ByteBuffer(string: pairs.joined(separator: "&")))
        }
        return request
    }

    private static func encoded(_ text: String) -> String {
        var kept = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
        kept.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
    }
}
