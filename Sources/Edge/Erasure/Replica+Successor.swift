import Customers

extension Replica {
    /// As whom a customer goes on who is gone from the copy, until what the store keeps of him has gone over to that one; `nil` for
    /// anybody else. It looks at the disk.
    func successor(of customer: String) -> String? {
        guard let gone = try? departures() else { return nil }
        // One who went on as somebody may have gone on with that one.
        var last: String?
        for departure in gone where departure.id == last ?? customer {
            if let successor = departure.successor { last = successor }
        }
        return last
    }
}

extension Replica {
    /// Those who are gone from the copy and go on as a customer, until what the store keeps of them has gone over to him. It looks at
    /// the disk.
    func predecessors(of customer: String) -> [String] {
        guard let gone = try? departures() else { return [] }
        var known = [customer]
        // Whoever went on as one who went on as him is one as well.
        for departure in gone.reversed() where departure.successor.map(known.contains) ?? false {
            if !known.contains(departure.id) { known.append(departure.id) }
        }
        return Array(known.dropFirst())
    }
}
