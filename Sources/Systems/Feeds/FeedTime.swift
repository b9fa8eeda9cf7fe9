package import Foundation

/// What time it is: by the clock on the wall, which people set, and by one that only goes on.
package struct FeedTime: Sendable, Equatable {
    package var wall: Date
    /// Since some beginning.
    package var uptime: Duration

    package init(wall: Date, uptime: Duration) {
        self.wall = wall
        self.uptime = uptime
    }
}
