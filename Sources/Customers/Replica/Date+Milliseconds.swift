import Foundation

extension Date {
    /// Milliseconds since 1970 in UTC; dates far off are held at the ends.
    var milliseconds: Int64 {
        let value = (timeIntervalSince1970 * 1_000).rounded()
        return Int64(exactly: value) ?? (value > 0 ? .max : .min)
    }

    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}
