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
