import CCurl
import Foundation
import Synchronization

/// One conversation with an SMTP server, held by libcurl on the thread that asks.
enum SMTPConversation {
    /// What came of it.
    struct Outcome {
        let error: CardsError?
    }

    /// The mail that libcurl reads, and how far it has.
    private final class Reading {
        let mail: [UInt8]
        var place = 0

        init(_ mail: [UInt8]) {
            self.mail = mail
        }
    }

    /// curl_global_init(3) is not to be called by two threads at once.
    private static let library = Mutex(false)

    static func hold(_ settings: SMTPGateway.Settings, password: String, to address: String, mail: [UInt8]) -> Outcome {
        library.withLock { isReady in
            if !isReady { isReady = curl_global_init(CLong(CURL_GLOBAL_DEFAULT)) == CURLE_OK }
        }
        guard let curl = curl_easy_init() else {
            return Outcome(error: CardsError(.unavailable, "No e-mail can be sent: libcurl does not start."))
        }
        defer { curl_easy_cleanup(curl) }
        let recipients = curl_slist_append(nil, "<\(address)>")
        defer { curl_slist_free_all(recipients) }
        let reading = Reading(mail)
        set(settings, password, curl)
        _ = countertop_curl_set_list(curl, CURLOPT_MAIL_RCPT, recipients)
        _ = countertop_curl_set_number(curl, CURLOPT_UPLOAD, 1)
        let result = withExtendedLifetime(reading) {
            _ = countertop_curl_set_pointer(curl, CURLOPT_READDATA, Unmanaged.passUnretained(reading).toOpaque())
            _ = countertop_curl_set_read(curl) { buffer, size, count, context in
                guard let buffer, let context else { return 0 }
                let reading = Unmanaged<Reading>.fromOpaque(context).takeUnretainedValue()
                let piece = reading.mail[reading.place...].prefix(size * count)
                piece.withUnsafeBytes { bytes in
                    if let base = bytes.baseAddress { memcpy(buffer, base, bytes.count) }
                }
                reading.place += piece.count
                return piece.count
            }
            return curl_easy_perform(curl)
        }
        var code = 0
        _ = countertop_curl_response_code(curl, &code)
        return Outcome(error: error(result, reply: code, settings))
    }

    private static func set(_ settings: SMTPGateway.Settings, _ password: String, _ curl: UnsafeMutableRawPointer) {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        _ = countertop_curl_set_text(curl, CURLOPT_URL, "\(scheme)://\(host):\(settings.port)")
        _ = countertop_curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // A proxy of the environment has no business with mail.
        _ = countertop_curl_set_text(curl, CURLOPT_PROXY, "")
        _ = countertop_curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(settings.sender)>")
        _ = countertop_curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        _ = countertop_curl_set_number(curl, CURLOPT_CONNECTTIMEOUT, CLong(CardsLimits.connectSeconds))
        _ = countertop_curl_set_number(curl, CURLOPT_TIMEOUT, CLong(CardsLimits.conversationSeconds))
        if settings.security != .none {
            _ = countertop_curl_set_number(curl, CURLOPT_USE_SSL, CLong(CURLUSESSL_ALL.rawValue))
            _ = countertop_curl_set_number(curl, CURLOPT_SSLVERSION, CLong(CURL_SSLVERSION_TLSv1_2))
        }
        if let trust = settings.trustPath { _ = countertop_curl_set_text(curl, CURLOPT_CAINFO, trust) }
        guard !settings.user.isEmpty else { return }
        _ = countertop_curl_set_text(curl, CURLOPT_USERNAME, settings.user)
        _ = countertop_curl_set_text(curl, CURLOPT_PASSWORD, password)
    }

    /// What a conversation's end means. The server's words stay out of it: they may hold the address.
    private static func error(_ result: CURLcode, reply: Int, _ settings: SMTPGateway.Settings) -> CardsError? {
        guard result != CURLE_OK else { return nil }
        let cause = "curl \(result.rawValue), reply \(reply)"
        let place = "\(settings.host), port \(settings.port)"
        switch result {
        case CURLE_LOGIN_DENIED:
            return CardsError(
                .unavailable, "The mail server \(place) does not take the user and password. Correct cards.email.",
                cause: cause)
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
            return CardsError(
                .unavailable,
                "The mail server \(place) offers no TLS, or its certificate is not trusted. Nothing was sent in clear.",
                cause: cause)
        // A reply of 5yz is for good, one of 4yz is not (RFC 5321, section 4.2.1).
        case _ where (550...559).contains(reply):
            return CardsError(
                .refused, "The mail server does not take this e-mail or its address. Check the address.", cause: cause)
        default:
            return CardsError(
                .unavailable, "The mail server \(place) cannot be reached, or cannot now. It is tried again.",
                cause: cause)
        }
    }
}
