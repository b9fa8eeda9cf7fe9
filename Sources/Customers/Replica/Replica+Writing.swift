import GRDB

extension Replica {
    /// Does something with the company's rows, in one transaction.
    func write<Value>(in file: ReplicaFile, _ body: (ReplicaRows, Database) throws -> Value) throws -> Value {
        try file.pool.writeWithoutTransaction { database in
            guard let connection = database.sqliteConnection else {
                throw CustomersError(.inputOutput, "\(path) is closed. Open it again.")
            }
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try body(try ReplicaRows(connection, company: file.company, keys: keys), database)
                return .commit
            }
            guard let value else { throw CustomersError(.inputOutput, "\(path) is closed. Open it again.") }
            return value
        }
    }
}
