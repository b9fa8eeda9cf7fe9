import Customers
import Devices
import Journal
import Pairing
import Transport
import Wire

/// How the edge and all it works with stands: what its parts say of themselves, put together.
struct EdgeStanding: Sendable {
    let store: String
    let statePath: String
    let health: HealthService
    let feeds: FeedService
    let lanes: StoreLanes
    let pairing: StorePairing?
    let outbox: OutboxService
    let systems: SystemService
    let listeners: ListenerGroup

    /// To be asked on the store's event loop. What cannot be read is left out, and is among the findings: a broken disk is
    /// when somebody asks.
    func now() -> StatusAnswer {
        let feeds = allFeeds
        let state = health.check(nil)
        let tills = (pairing?.network.registry.all ?? []).map { till in
            var answer = Wire.Till(till)
            answer.connections = UInt32(clamping: listeners.connectionCount(of: till.id))
            return answer
        }
        let queue = (try? outbox.list(ListOutboxRequest(limit: 1))) ?? ListOutboxAnswer(systems: outbox.served)
        return StatusAnswer(
            version: state.version, store: store, state: state.state, findings: state.findings,
            uptimeMs: state.uptimeMs,
            replica: ReplicaStanding(
                customers: state.customers, ageMs: state.replicaAgeMs, complete: state.replicaComplete,
                unreadable: UInt32(clamping: (try? health.replica.status().unreadableRecords) ?? 0)),
            feeds: feeds, devices: devices, lanes: lanes.onEventLoop { $0.all.map(\.standing) }, tills: tills,
            connections: UInt32(clamping: listeners.connectionCount), pastFindings: health.health.past,
            process: ProcessFigures.now(disk: statePath),
            files: StateFile.all.compactMap { $0.standing(in: statePath) },
            outboxSystems: queue.systems, outboxCounts: queue.counts, systems: systems.all)
    }

    private var allFeeds: [Feed] {
        do throws(CustomersError) {
            return feeds.all(try health.replica.feeds())
        } catch {
            health.health.replica(error)
            return feeds.all([])
        }
    }

    /// Serial numbers are nobody's business.
    private var devices: [Wire.Device] {
        health.registry.all.map { entry in
            var device = Wire.Device(entry)
            device.serial = ""
            return device
        }
    }
}

extension LaneHost {
    /// How the lane stands.
    fileprivate var standing: LaneStanding {
        let here = lane.lease.till
        let caller = watchers.first { $0.till != nil && $0.till == here }?.sink.context.caller.id
        let journal = surroundings.journal
        let last = journal.position(lane: lane.name).last
        return LaneStanding(
            name: lane.name, till: caller ?? lane.lease.owner?.name ?? "", tillConnected: here != nil,
            basketOpen: lane.basket != nil, armed: lane.isArmed, lastSequence: last,
            unacknowledged: last - min(last, journal.acknowledged(lane: lane.name)), unjournaled: isUnjournaled)
    }
}
