import Customers
import Foundation

/// Exchanges personal QR codes for phone numbers (QR API, `POST /qr/v1/exchange`), and tells the app who is known here.
package struct VippsCodes: PersonalCodes {
    package let deadline: Duration
    private let account: VippsAccount
    private let url: String
    private let ageMax: Int
    private let checkInURL: String?
    private let now: @Sendable () -> FeedTime

    init(_ settings: SystemSettings, _ account: VippsAccount, _ tools: ConnectorTools) {
        self.account = account
        deadline = .seconds(settings.integer("exchange_seconds"))
        url = URLText.join(account.base, settings.text("paths.exchange"))
        ageMax = settings.integer("code_seconds")
        checkInURL =
            settings.flag("check_in") ? URLText.join(account.base, settings.text("paths.check_in")) : nil
        now = tools.now
    }

    package func hold(_ code: [UInt8]) -> Bool { VippsCode(code).map { $0 != .notPersonal } ?? false }

    package func claimedPhone(_ code: [UInt8]) -> String? {
        guard case .phone(let phone)? = VippsCode(code) else { return nil }
        return phone
    }

    /// No status is documented for a code that is too old or another app's, so every refusal of the code itself counts as not
    /// recognised.
    package func exchange(_ code: [UInt8]) async throws(SystemsError) -> PersonalCodeAnswer {
        // Asking twice gives the same number: nothing is used up by what is documented.
        var call = SystemCall(.post, url, isSafe: true, expected: [400, 404, 410, 422], deadline: deadline)
        call.headers = [("Accept", "application/json")]
        call.setJSON(
            .object([
                ("qrCode", .string(String(decoding: code, as: UTF8.self))),
                ("requestedData", .list([.string("MSISDN")])),
            ]))
        let reply = try await account.send(call)
        guard reply.status < 300 else { return .notRecognised }
        let body = try reply.json()
        guard let digits = body["msisdn"]?.plainText, (7...15).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != "0"
        else { throw reply.broken("It holds no msisdn.") }
        if ageMax > 0, let made = body["timestamp"]?.plainText.flatMap({ Double($0) }),
            now().wall.timeIntervalSince1970 - made > Double(ageMax)
        {
            return .tooOld
        }
        return .phone("+\(digits)")
    }

    /// A number that is not Norwegian is left alone.
    package func checkIn(_ phone: String, isMember: Bool) async {
        guard let checkInURL, phone.wholeMatch(of: /\+47[0-9]{8}/) != nil else { return }
        var call = SystemCall(.post, checkInURL, expected: [400, 500])
        call.headers = [("Accept", "application/json")]
        call.setJSON(
            .object([("phoneNumber", .string(String(phone.dropFirst()))), ("isMember", .bool(isMember))]))
        _ = try? await account.send(call)
    }
}
