import CountertopClient

extension LaneWatch.Iterator {
    /// The next scan, whatever else happens before it.
    mutating func nextScan() async throws -> Scan {
        while let event = try await next() {
            if case .scan(let scan) = event.event { return scan }
        }
        throw RigError(description: "The watch ended.")
    }

    /// The next state of the lane for which `condition` holds.
    mutating func nextState(where condition: (Lane) -> Bool) async throws -> Lane {
        while let event = try await next() {
            if case .lane(let lane) = event.event, condition(lane) { return lane }
        }
        throw RigError(description: "The watch ended.")
    }

    /// The next event that is no state of the lane.
    mutating func nextAfterState() async throws -> LaneEvent.Event? {
        while let event = try await next() {
            if case .lane = event.event { continue }
            return event.event
        }
        throw RigError(description: "The watch ended.")
    }

    mutating func nextGap() async throws -> Gap {
        while let event = try await next() {
            if case .gap(let gap) = event.event { return gap }
        }
        throw RigError(description: "The watch ended.")
    }
}
