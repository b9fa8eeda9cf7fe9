/// One page of what a system outside has to say: changes, and the cursor that follows them.
///
/// Both are written in one transaction, so that after any crash the feed goes on exactly behind what was taken.
package struct ChangePage: Sendable {
    /// The feed's name, such as `poster`. Answers carry it as their source.
    package var feed: String
    /// Where the feed goes on after this page, in the system's own terms. Kept sealed.
    package var cursor: [UInt8]
    /// The cursor that the page was asked for with: where the copy holds another one, it began anew meanwhile, and takes nothing
    /// from the middle. `nil` for a page from the front, and where nobody asked with one.
    package var follows: [UInt8]?
    /// Whether the feed has given everything it holds, this page included. Until the first such page answers say that the
    /// copy is not complete; from then on it is as old as the last one.
    package var isComplete: Bool
    /// Groups and their terms, new or changed. They are written before the customers.
    package var groups: [GroupTerms]
    package var customers: [CustomerChange]
    /// Customers who are the same as others; they are taken behind the changes, so that a customer may get the other one's
    /// cards in the same page.
    package var merges: [CustomerMerge] = []

    package init(
        feed: String, cursor: [UInt8], isComplete: Bool, groups: [GroupTerms] = [], customers: [CustomerChange] = [],
        merges: [CustomerMerge] = []
    ) {
        self.feed = feed
        self.cursor = cursor
        self.isComplete = isComplete
        self.groups = groups
        self.customers = customers
        self.merges = merges
    }
}
