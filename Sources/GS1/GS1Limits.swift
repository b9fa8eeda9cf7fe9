/// Bounds on what is read.
package enum GS1Limits {
    /// Elements of one code. The longest GS1 symbols hold a few dozen of the shortest.
    package static let elementsMax = 64
}
