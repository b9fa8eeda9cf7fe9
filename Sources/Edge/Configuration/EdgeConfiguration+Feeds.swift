import Customers
package import Foundation
import Systems

extension EdgeConfiguration {
    /// Reads `feeds`.
    static func feeds(_ sections: [ConfigurationReader], company: String, root: ConfigurationReader) throws
        -> [FeedSettings]
    {
        guard sections.count <= FeedLimits.feedsMax else {
            throw root.mistake("'feeds' has more than \(FeedLimits.feedsMax) entries.", atValueOf: "feeds")
        }
        var names: Set<String> = [SampleStore.feed]
        return try sections.map { section in
            let feed = try FeedSettings(section, company: company)
            guard names.insert(feed.name).inserted else {
                throw section.mistake("Feed '\(feed.name)' is named twice. Give each feed a name of its own.")
            }
            return feed
        }
    }

    /// The time zone of the store's clock, in which feeds run daily.
    package var zone: TimeZone { store.zone.flatMap { TimeZone(identifier: $0) } ?? .current }
}
