import Customers
import Foundation
import Journal
import Wire

/// What the journal keeps of a lane over a restart: opaque ids and the tills' own words, and nothing of a customer.
struct LaneMemory: Codable, Sendable, Equatable {
    struct Held: Codable, Sendable, Equatable {
        var customer: String
        var until: Date
        /// The same by the clock that nobody sets (``Journal/BootTime``); missing in what an earlier version wrote.
        var boot: Int64?
        var untilSinceBoot: Int64?

        /// - Parameters:
        ///   - left: how much longer the customer is held.
        init(customer: String, left: Duration, now: Date, _ bootTime: BootTime?) {
            self.customer = customer
            until = now.addingTimeInterval(left / .seconds(1))
            let end = bootTime.map { $0 + left }
            (boot, untilSinceBoot) = (end?.boot, end?.microseconds)
        }

        /// How much longer the customer is held; not at all when the machine was off since, nobody knows for how long.
        /// - Parameter bootTime: `nil` on a machine that has none, where the wall clock counts.
        func left(at now: Date, _ bootTime: BootTime?) -> Duration {
            guard let bootTime else { return .seconds(until.timeIntervalSince(now)) }
            guard let boot, let untilSinceBoot else { return .zero }
            return bootTime.duration(to: BootTime(boot: boot, elapsed: .microseconds(untilSinceBoot))) ?? .zero
        }
    }

    struct Closed: Codable, Sendable, Equatable {
        var basket: String
        var customer: String?
        /// A packed Closing; as data, which is written ten times as fast as numbers.
        var closing: Data

        init(basket: String, customer: String?, closing: Data) {
            self.basket = basket
            self.customer = customer
            self.closing = closing
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            basket = try values.decode(String.self, forKey: .basket)
            customer = try values.decodeIfPresent(String.self, forKey: .customer)
            // An earlier version wrote the bytes as numbers.
            let numbers = try? values.decode([UInt8].self, forKey: .closing)
            closing = try numbers.map { Data($0) } ?? values.decode(Data.self, forKey: .closing)
        }
    }

    struct Till: Codable, Sendable, Equatable {
        var name: String
        var token: [UInt8]
        /// Missing in what an earlier version wrote.
        var caller: String?
    }

    var basket: String?
    var customer: String?
    /// Of the basket; `nil` for none.
    var order: String?
    var held: Held?
    var closed: Closed?
    var till: Till?
    var isArmed = true

    init(_ lane: Lane.Lasting, closed last: Wire.Basket?) {
        basket = lane.basket?.number
        customer = lane.basket?.customer?.id
        order = lane.basket.flatMap { $0.order.isEmpty ? nil : $0.order }
        held = lane.held.map { held in
            Held(
                customer: held.customer.id, left: ContinuousClock.now.duration(to: held.until), now: Date(),
                BootTime.now())
        }
        closed = last.map {
            Closed(basket: $0.id, customer: $0.customer?.id, closing: Data(($0.closing ?? Closing()).packed()))
        }
        till = lane.owner.map { Till(name: $0.name, token: $0.token, caller: $0.caller) }
        isArmed = lane.isArmed
    }

    /// - Returns: `nil` for bytes that are no memory of a lane.
    init?(packed bytes: [UInt8]) {
        guard let memory = try? JSONDecoder().decode(LaneMemory.self, from: Data(bytes)) else { return nil }
        self = memory
    }

    func packed() -> [UInt8] {
        (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? []
    }
}
