import Crypto
import Dispatch
import Foundation
import Glibc
import Storage
import Synchronization
import Testing

@testable import Journal
@testable import Systems

@Suite("Delivering the outbox", .timeLimit(.minutes(1)))
struct OutboxRunnerTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("Everything arrives once, in the order of its subject, through a system that fails now and then")
    func arrives() async throws {
        let books = Books(directory.path)
        var random = SeededRandom(seed: 7)
        let plan = (0..<400).map { _ in Int.random(in: 0..<10, using: &random) }
        let receiver = Bank(books, answers: plan)
        let (arrived, journal) = try await Self.run(receiver, in: directory.path) { outbox in
            for number in 0..<30 { _ = try outbox.post(Self.draft(number, of: number % 7), now: Date()) }
        } until: {
            $0.waiting.total == 0
        }
        journal.close()
        #expect(arrived == 30)
        let lines = books.lines
        #expect(Set(lines).count == 30 && lines.count == 30, "\(random.note)")
        for subject in 0..<7 {
            let mine = lines.filter { $0 % 7 == subject }
            #expect(mine == mine.sorted(), "subject \(subject), \(random.note)")
        }
    }

    @Test("A process that is killed amid a delivery leaves nothing behind that was sent twice or not at all")
    func survivesKill() async throws {
        let path = directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let receiver = Bank(Books(path), answers: [], killsAt: 23)
            _ = try await OutboxRunnerTests.run(receiver, in: path) { outbox in
                for number in 0..<40 {
                    _ = try outbox.post(OutboxRunnerTests.draft(number, of: number % 5), now: Date())
                }
            } until: { _ in
                false
            }
        }
        let books = Books(directory.path)
        #expect(books.lines.count == 23)
        let receiver = Bank(books, answers: [])
        let (_, journal) = try await Self.run(receiver, in: directory.path) { _ in
        } until: {
            $0.waiting.total == 0
        }
        journal.close()
        #expect(books.lines.sorted() == Array(0..<40))
        #expect(receiver.checked.withLock { $0 } == 1, "the one whose answer was never noted")
    }

    @Test("A receiver that cannot look anything up leaves an unknown outcome to a person")
    func leavesUnknown() async throws {
        struct Blind: OutboxReceiver {
            func isRepeatable(_ entry: OutboxEntry) -> Bool { false }
            func deliver(_ entry: OutboxEntry) async -> Delivery { .unknown(reason: "The answer was lost.") }
        }
        let (_, journal) = try await Self.run(Blind(), in: directory.path) { outbox in
            _ = try outbox.post(Self.draft(1, of: 1), now: Date())
        } until: {
            $0.waiting.count(.unknown) == 1
        }
        let entry = try #require(try journal.outbox.entry(1))
        #expect(entry.standing.attempts == 1)
        journal.close()
    }

    @Test("Whoever retries an entry while it is looked for is told to wait, and it is not sent twice")
    func looksAlone() async throws {
        /// Its answer is lost the first time, and a person comes while it is looked for.
        final class Interrupted: OutboxReceiver {
            let deliveries = Mutex(0)
            let decided = Mutex<[Bool]>([])
            let outbox = Mutex<Outbox?>(nil)

            func isRepeatable(_ entry: OutboxEntry) -> Bool { false }

            func deliver(_ entry: OutboxEntry) async -> Delivery {
                deliveries.withLock { $0 += 1 }
                return .unknown(reason: "The answer was lost.")
            }

            func check(_ entry: OutboxEntry) async -> Delivery {
                let outbox = outbox.withLock { $0 }
                let standing = try? entry.standing.retried(now: Date())
                if let outbox, let standing {
                    let isDecided = (try? outbox.decide(standing, of: entry)) ?? nil
                    decided.withLock { $0.append(isDecided != nil) }
                }
                return .done
            }
        }
        let receiver = Interrupted()
        let (arrived, journal) = try await Self.run(receiver, in: directory.path) { outbox in
            receiver.outbox.withLock { $0 = outbox }
            _ = try outbox.post(Self.draft(1, of: 1), now: Date())
        } until: {
            $0.waiting.total == 0
        }
        receiver.outbox.withLock { $0 = nil }
        #expect(arrived == 1)
        #expect(receiver.deliveries.withLock { $0 } == 1)
        #expect(receiver.decided.withLock { $0 } == [false])
        journal.close()
    }

    @Test("What is being delivered cannot be taken by whoever gives it up")
    func deliversAlone() async throws {
        /// Somebody comes to give up what it is given.
        final class GivenUp: OutboxReceiver {
            let taken = Mutex<[Bool]>([])
            let outbox = Mutex<Outbox?>(nil)

            func isRepeatable(_ entry: OutboxEntry) -> Bool { true }

            func deliver(_ entry: OutboxEntry) async -> Delivery {
                let held = outbox.withLock { try? $0?.hold(entry) }
                taken.withLock { $0.append(held != nil) }
                return .done
            }
        }
        let receiver = GivenUp()
        let (arrived, journal) = try await Self.run(receiver, in: directory.path) { outbox in
            receiver.outbox.withLock { $0 = outbox }
            _ = try outbox.post(Self.draft(1, of: 1), now: Date())
        } until: {
            $0.waiting.total == 0
        }
        receiver.outbox.withLock { $0 = nil }
        #expect(arrived == 1)
        #expect(receiver.taken.withLock { $0 } == [false])
        journal.close()
    }

    /// A system of which each entry says how one order is, and which takes nothing of some customers yet.
    private final class Orders: OutboxReceiver {
        let told = Mutex<[String]>([])
        let absent: Set<String>
        let answer: Delivery

        init(absent: Set<String> = [], answer: Delivery = .retry(reason: "503")) {
            (self.absent, self.answer) = (absent, answer)
        }

        func isRepeatable(_ entry: OutboxEntry) -> Bool { true }
        func place(of entry: OutboxEntry) -> String? { String(decoding: entry.payload, as: UTF8.self) }

        func deliver(_ entry: OutboxEntry) async -> Delivery {
            guard !absent.contains(entry.subject) else { return answer }
            told.withLock { $0.append(entry.subject) }
            return .done
        }
    }

    private static func word(_ subject: String, of order: String) -> OutboxDraft {
        OutboxDraft(
            system: "bank", kind: "order", operation: Array("\(subject) \(order)".utf8), subject: subject,
            payload: Array(order.utf8), place: order)
    }

    @Test(
        "Of what says how one order is the newest alone is told: the older is given up for good, whether it waits or was refused",
        arguments: [Delivery.retry(reason: "503"), .refused(reason: "closed")])
    func newest(_ answer: Delivery) async throws {
        let before = Orders(absent: ["Kari"], answer: answer)
        let (_, first) = try await Self.run(before, in: directory.path) { outbox in
            _ = try outbox.post(Self.word("Kari", of: "5521"), now: Date())
            _ = try outbox.post(Self.word("Nils", of: "5522"), now: Date())
        } until: { outbox in
            // By this clock it is tried again at once, so that it may have been tried more than once by now.
            outbox.waiting.total == 1 && (((try? outbox.entry(1)) ?? nil)?.standing.attempts ?? 0) >= 1
        }
        first.close()
        // The edge ends; when it is back another customer has come into the order.
        let after = Orders()
        let (_, second) = try await Self.run(after, in: directory.path) { outbox in
            _ = try outbox.post(Self.word("Ola", of: "5521"), now: Date())
        } until: {
            $0.waiting.total == 0
        }
        #expect(before.told.withLock { $0 } == ["Nils"] && after.told.withLock { $0 } == ["Ola"])
        let old = try #require(try second.outbox.entry(1))
        #expect(old.standing.state == .dropped && old.standing.reason.contains("entry 3"))
        #expect(throws: OutboxStanding.Refusal.self) { try old.standing.retried(now: Date()) }
        second.close()
    }

    @Test("Where somebody dropped the newest word of an order, none before it is told instead")
    func newestDropped() async throws {
        let orders = Orders()
        let (_, journal) = try await Self.run(orders, in: directory.path) { outbox in
            _ = try outbox.post(Self.word("Kari", of: "5521"), now: Date())
            _ = try outbox.post(Self.word("Ola", of: "5521"), now: Date())
            _ = try outbox.post(Self.word("Nils", of: "5522"), now: Date())
            let newest = try #require(try outbox.entry(2))
            let dropped = try newest.standing.dropped(reason: "done by hand", now: Date())
            _ = try outbox.decide(dropped, of: newest)
        } until: {
            $0.waiting.total == 0
        }
        #expect(orders.told.withLock { $0 } == ["Nils"])
        let old = try #require(try journal.outbox.entry(1))
        #expect(old.standing.state == .dropped && old.standing.reason.contains("entry 2, which was dropped"))
        journal.close()
    }

    // MARK: The rig

    static func draft(_ number: Int, of subject: Int) -> OutboxDraft {
        OutboxDraft(
            system: "bank", kind: "entry", operation: Array("op-\(number)".utf8), subject: "K\(subject)",
            payload: Array(String(number).utf8))
    }

    /// Runs the outbox until something is so, by a clock on which more than an hour passes at each look.
    static func run(
        _ receiver: any OutboxReceiver, in directory: String, _ fill: (Outbox) throws -> Void,
        until holds: @escaping @Sendable (Outbox) -> Bool
    ) async throws -> (arrived: Int, ScanJournal) {
        let key = StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 1)
        let nobody: @Sendable (JournalFault?) -> Void = { _ in }
        let journal = try ScanJournal(
            path: "\(directory)/journal.db", vault: Vault(key: key), onFault: nobody)
        let outbox = journal.outbox
        try fill(outbox)
        let clock = Mutex(FeedTime(wall: Date(), uptime: .zero))
        let (events, told) = AsyncStream<OutboxRunner.Event>.makeStream()
        let runner = OutboxRunner(
            system: "bank", outbox: outbox, receiver: receiver, engine: OutboxEngine(seed: 3),
            now: {
                clock.withLock { time in
                    time = FeedTime(wall: time.wall + 6_000, uptime: time.uptime + .seconds(6_000))
                    return time
                }
            },
            onEvent: { told.yield($0) })
        let task = Task { await runner.run() }
        var arrived = 0
        for await event in events {
            if case .delivered = event { arrived += 1 }
            if holds(outbox) { break }
            // What waits for the clock is looked at again at once.
            outbox.ring("bank")
        }
        task.cancel()
        await task.value
        return (arrived, journal)
    }
}

/// What a system outside keeps: a line a booking, on the disk before it answers.
final class Books: Sendable {
    private let path: String

    init(_ directory: String) { path = "\(directory)/books" }

    var lines: [Int] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { Int($0) }
    }

    func book(_ number: Int) {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let line = Array("\(number)\n".utf8)
        _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
    }
}

/// A system that books everything it is given, knows no operation ids, and can be asked for its books.
private final class Bank: OutboxReceiver {
    let checked = Mutex(0)
    private let books: Books
    private let answers: Mutex<[Int]>
    private let killsAt: Int?

    /// - Parameters:
    ///   - answers: how each delivery goes: 0 fails before it is booked, 1 after it.
    ///   - killsAt: the booking after which the process dies.
    init(_ books: Books, answers: [Int], killsAt: Int? = nil) {
        self.books = books
        self.answers = Mutex(answers)
        self.killsAt = killsAt
    }

    func isRepeatable(_ entry: OutboxEntry) -> Bool { false }

    func deliver(_ entry: OutboxEntry) async -> Delivery {
        let answer = answers.withLock { $0.isEmpty ? 9 : $0.removeFirst() }
        if answer == 0 { return .retry(reason: "503") }
        books.book(Self.number(entry))
        if books.lines.count == killsAt { kill(getpid(), SIGKILL) }
        return answer == 1 ? .unknown(reason: "The answer was lost.") : .done
    }

    func check(_ entry: OutboxEntry) async -> Delivery {
        checked.withLock { $0 += 1 }
        return books.lines.contains(Self.number(entry)) ? .done : .retry(reason: "It is not there.")
    }

    private static func number(_ entry: OutboxEntry) -> Int {
        Int(String(decoding: entry.payload, as: UTF8.self)) ?? -1
    }
}
