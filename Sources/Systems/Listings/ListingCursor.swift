/// How far the reading of a listing has come that begins anew with each run.
struct ListingCursor: Equatable {
    /// Where the listing goes on, in the system's own terms; `nil` at its end.
    var place: String?

    private static let version = "listing-1"

    init(place: String?) { self.place = place }

    /// - Returns: `nil` for bytes that another kind of source wrote.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.version else { return nil }
        place = parts[1] == "more" ? String(parts[2]) : nil
    }

    var bytes: [UInt8] {
        Array([Self.version, place == nil ? "end" : "more", place ?? ""].joined(separator: "\t").utf8)
    }
}
