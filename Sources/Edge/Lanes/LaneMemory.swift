import Customers
import Foundation
import Wire

/// What the journal keeps of a lane over a restart: opaque ids and the tills' own words, and nothing of a customer.
struct LaneMemory: Codable, Sendable, Equatable {
    struct Held: Codable, Sendable, Equatable {
        var customer: String
        var until: Date
    }

    struct Closed: Codable, Sendable, Equatable {
        var basket: String
        var customer: String?
        /// A packed Closing.
        var closing: [UInt8]
    }

    struct Till: Codable, Sendable, Equatable {
        var name: String
        var token: [UInt8]
    }

    var basket: String?
    var customer: String?
    var held: Held?
    var closed: Closed?
    var till: Till?
    var isArmed = true

    init(_ lane: Lane.Lasting, closed last: Wire.Basket?) {
        basket = lane.basket?.number
        customer = lane.basket?.customer?.id
        held = lane.held.map { held in
            let left = ContinuousClock.now.duration(to: held.until) / .seconds(1)
            return Held(customer: held.customer.id, until: Date(timeIntervalSinceNow: left))
        }
        closed = last.map {
            Closed(basket: $0.id, customer: $0.customer?.id, closing: ($0.closing ?? Closing()).packed())
        }
        till = lane.owner.map { Till(name: $0.name, token: $0.token) }
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
