import Foundation
import GRDB
import Storage

extension Replica {
    /// The file that pages are taken into: with everything in it that no source gives, before the first one is. What cannot be
    /// laid keeps the page out.
    func begunFile() throws -> ReplicaFile {
        let file = present
        guard let memory, !file.beginning.isDone else { return file }
        try layForgotten(of: memory, in: file)
        let hasDeparted = try layDepartures(of: memory, in: file)
        file.beginning.done()
        if hasDeparted { tellDeparture() }
        return file
    }

    private func layForgotten(of memory: any ReplicaMemory, in file: ReplicaFile) throws {
        var place: Int64 = 0
        while true {
            let gone = try memory.forgotten(after: place)
            guard let last = gone.last?.place, last > place else { break }
            place = last
            try bury(gone, in: file)
        }
    }

    /// - Returns: whether there was anybody.
    private func layDepartures(of memory: any ReplicaMemory, in file: ReplicaFile) throws -> Bool {
        var customer = ""
        while true {
            let departures = try memory.departures(after: customer)
            guard let last = departures.last?.id, last > customer else { return !customer.isEmpty }
            customer = last
            try memory.release(try depart(departures, in: file))
        }
    }

    /// Lays tombstones for customers whom the store was asked to forget, but for those who have come back since.
    private func bury(_ gone: [ForgottenID], in file: ReplicaFile) throws {
        try write(in: file) { rows, _ in
            for forgotten in gone {
                guard let id = CustomerID(forgotten.customer), try rows.customer(id) == nil else { continue }
                try rows.bury(id, Tombstone(erasedAt: forgotten.erasedAt.milliseconds, isAsked: true))
            }
        }
    }

    /// Notes those once more whom a file that is gone had let go of.
    /// - Returns: those whom the file still has: the page that removes them was never taken, and comes again.
    private func depart(_ departures: [Departure], in file: ReplicaFile) throws -> [String] {
        try write(in: file) { rows, _ in
            var present: [String] = []
            for departure in departures {
                guard let id = CustomerID(departure.id), try !rows.hasDeparted(id) else { continue }
                if try rows.customer(id) != nil {
                    present.append(departure.id)
                    continue
                }
                let record = CustomerRecord(
                    key: "", name: "", identifiers: departure.identifiers, changedAt: .distantPast)
                let sealed = try rows.keys.records.seal(RecordEncoder.encode(record, id: id, feed: 0, groups: []))
                try rows.depart(
                    id, sealed: sealed, successor: departure.successor.flatMap { CustomerID($0) }, feed: departure.feed)
            }
            return present
        }
    }
}
