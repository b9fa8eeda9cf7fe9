/// A system outside that gives changes of customers, page by page.
package protocol Source: Sendable {
    /// The next page.
    ///
    /// A page that was given may be asked for again: only what was taken moves the cursor.
    /// - Parameter cursor: the cursor of the last page that was taken, `nil` before the first one. A cursor that the
    ///   source does not understand begins anew.
    /// - Throws: ``SystemsError``.
    func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage

    /// Whether a run ended within the cursor's data, and is to be gone on with at once.
    func isUnderWay(_ cursor: [UInt8]) -> Bool
}
