/// A feed as the store configures it.
package struct FeedSettings: Sendable, Equatable {
    package enum Place: Sendable, Equatable {
        case file(String)
        case folder(String)
        case command([String])
        case http(HTTPPlace)
    }

    /// The feed's name: 1 to 32 small letters, digits and dashes.
    package var name: String
    package var place: Place
    package var format: RowFormat?
    package var encoding: TextEncoding
    package var mapping: FieldMapping
    package var schedule: FeedSchedule

    package init(
        name: String, place: Place, format: RowFormat? = nil, encoding: TextEncoding = .utf8, mapping: FieldMapping,
        schedule: FeedSchedule
    ) {
        self.name = name
        self.place = place
        self.format = format
        self.encoding = encoding
        self.mapping = mapping
        self.schedule = schedule
    }

    /// What the source is, in a word.
    package var kind: String {
        switch place {
        case .file: "file"
        case .folder: "folder"
        case .command: "command"
        case .http: "http"
        }
    }
}
