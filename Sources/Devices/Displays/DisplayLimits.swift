/// The bounds of displays. The largest known character pole display has four rows of twenty.
package enum DisplayLimits {
    package static let rows = 1...16
    package static let columns = 1...80
    /// How much of a line is looked at before it is simplified and cut, in Unicode scalars.
    package static let lineScalarsMax = 512
}
