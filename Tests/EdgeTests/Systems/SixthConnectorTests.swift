import CountertopClient
import Foundation
import Synchronization
import Systems
import Testing
import Wire

@testable import Edge

@Suite(.timeLimit(.minutes(1))) struct SixthConnectorTests {
    private static func settings(_ rest: String = "") throws -> [SystemSettings] {
        let yaml = "store: {company: nordmat}\nsystems:\n  - {name: house, kind: clubhouse, member: Nora Berg\(rest)}\n"
        return try EdgeConfiguration.parse(yaml: yaml, file: "store.yaml").systems
    }

    private static func withKind<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await ConnectorKinds.$all.withValue(ConnectorKinds.all + [ClubhouseConnector.self]) { try await body() }
    }

    @Test("A kind that is in the list and nowhere else is configured, enrols customers and has their codes read")
    func enrols() async throws {
        try await Self.withKind {
            let systems = try Self.settings()
            try await StoreRig.with({ $0.systems = systems }) { rig in
                try await rig.withTill { till in
                    let last = try #require(try await till.enrol("46 12 34 56").last)
                    #expect(last.state == .done && last.customer?.name == "Nora Berg" && !last.wasMember)
                    let found = try await till.customers.resolve(code: ClubhouseConnector.phone)
                    #expect(found.customer?.id == last.customer?.id && found.provenance?.source == "house")
                    try await till.withLane("1") { lane in
                        var events = lane.makeAsyncIterator()
                        _ = try await till.lanes.enter(lane: "1", code: Array("club:nora".utf8))
                        let scan = try await events.nextScan()
                        #expect(scan.resolution?.kind == .pending)
                        let followUp = try await events.nextFollowUp(to: scan.sequence)
                        #expect(followUp.state == .resolved && followUp.resolution?.customer?.name == "Nora Berg")
                    }
                    #expect(try await till.systems.list().map(\.kind) == ["clubhouse"])
                }
            }
        }
    }

    @Test("Its settings are checked as those of every kind are, and where it is not in the list it is unknown")
    func configured() async throws {
        #expect(throws: EdgeError.self) { try Self.settings() }
        try await Self.withKind {
            let error = #expect(throws: EdgeError.self) { try Self.settings(", tell: [house]") }
            #expect(error?.message.contains("store.yaml:3:") == true)
            #expect(error?.message.contains("house knows its members") == true)
            let unknown = #expect(throws: EdgeError.self) { try Self.settings(", tell: [other]") }
            #expect(unknown?.message.contains("'tell' names 'other', which takes no new customers.") == true)
        }
    }
}

/// A sixth system, of which nothing but the list knows: it asks its members on the phone, and their app shows a code.
private struct ClubhouseConnector: Enroller, PersonalCodeSource {
    static let kind = "clubhouse"
    static let rules = [
        SettingRule("member", .text, isNeeded: true, "who answers the phone."),
        SettingRule("tell", .texts, "the systems, by their names, that are told of a new member."),
    ]
    static let phone = "+4746123456"

    struct Login: PhoneLogin {
        let member: String
        let firstLook = Duration.seconds(1)
        let hasBinding = true
        let asksAccount = true
        let consentText = "I am of the clubhouse."

        func hasAccount(_ phone: String) async throws(SystemsError) -> Bool { true }

        func start(_ phone: String, binding: String) async throws(SystemsError) -> LoginStart {
            .asked(request: Secret(binding), life: .seconds(60), interval: .seconds(1))
        }

        func poll(_ request: Secret) async throws(SystemsError) -> LoginPoll { .agreed(token: request) }

        func profile(_ token: Secret) async throws(SystemsError) -> LoginProfile {
            LoginProfile(subject: "m-1", name: member, firstName: "Nora", phone: ClubhouseConnector.phone)
        }
    }

    struct Codes: PersonalCodes {
        let deadline = Duration.seconds(5)

        func hold(_ code: [UInt8]) -> Bool { code.starts(with: Array("club:".utf8)) }
        func claimedPhone(_ code: [UInt8]) -> String? { nil }
        func exchange(_ code: [UInt8]) async throws(SystemsError) -> PersonalCodeAnswer {
            .phone(ClubhouseConnector.phone)
        }
        func checkIn(_ phone: String, isMember: Bool) async {}
    }

    let client: SystemClient
    let login: Login
    let codes = Codes()
    let toldSystems: [String]
    let enrolment = EnrolmentRule.atTill

    init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        client = SystemClient(settings, tools)
        login = Login(member: settings.text("member"))
        toldSystems = settings.texts("tell")
    }

    func check() async throws(SystemsError) -> String { "It is there." }
}
