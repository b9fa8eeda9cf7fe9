package import Foundation

/// What a system outside has sent to the relay: a request, as it came.
package struct Notice: Sendable, Equatable {
    /// The relay's own id of it.
    package var id: String
    package var receivedAt: Date
    /// `POST`.
    package var method: String
    /// Path and query, as they came.
    package var target: String
    /// Lower-case names.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(
        id: String, receivedAt: Date, method: String = "POST", target: String, headers: [String: String] = [:],
        body: [UInt8]
    ) {
        self.id = id
        self.receivedAt = receivedAt
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// - Returns: `nil` for what the page "Notices through a relay" does not describe.
    init?(_ node: JSONNode) {
        guard let id = node["id"]?.plainText, (1...NoticeLimits.idBytesMax).contains(id.utf8.count),
            let received = node["received_at"]?.plainText.flatMap({ FieldText.time($0) }),
            let method = node["method"]?.plainText, let target = node["target"]?.plainText, target.hasPrefix("/"),
            let body = node["body"]?.plainText.flatMap({ Data(base64Encoded: $0) }),
            body.count <= NoticeLimits.bodyBytesMax, case .object(let members)? = node["headers"]?.value
        else { return nil }
        self.init(id: id, receivedAt: received, method: method, target: target, body: Array(body))
        for member in members.prefix(NoticeLimits.headersMax) {
            headers[member.name.lowercased()] = member.node.plainText
        }
    }

    /// The body as JSON.
    var json: JSONNode? { try? JSONLineParser.parse(body[...], valuesMax: SystemsLimits.jsonValuesMax) }
}

/// What became of a notice.
package enum NoticeOutcome: Sendable, Equatable {
    case taken
    /// It says nothing that matters here.
    case passedOver
    /// It does not prove whose it is, and nothing followed from it.
    case unproven
}

/// The bounds of notices.
package enum NoticeLimits {
    /// Notices that are asked for at a time.
    package static let pageNotices = 100
    package static let idBytesMax = 128
    package static let bodyBytesMax = 65_536
    package static let headersMax = 64
    /// Bytes of the relay's cursor.
    package static let cursorBytesMax = 512
    /// The time for a page.
    package static let deadline = Duration.seconds(20)
}
