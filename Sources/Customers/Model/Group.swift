/// A customer group as answers name it.
package struct Group: Sendable, Hashable {
    /// The group's id in the system it comes from.
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
