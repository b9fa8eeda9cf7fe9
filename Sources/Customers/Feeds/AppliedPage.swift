/// What became of a page.
package struct AppliedPage: Sendable, Equatable {
    /// Customers written: new, changed, or as they were before.
    package var upserted = 0
    /// Of those, the ones whose record was the same before, whenever it was changed.
    package var unchanged = 0
    /// Customers removed who were there.
    package var removed = 0
    /// Customers who go on as another one: merged by their source, or made in the store and given by a source now.
    package var merged = 0
    /// Cards and numbers that went over to a customer of the page from one of the same feed whom the page does not name.
    package var moved = 0
    /// The rows that were not taken as they came. The others were.
    package var findings: [RowFinding] = []
}
