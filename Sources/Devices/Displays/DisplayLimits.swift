/// The bounds of displays. The largest known character pole display has four rows of twenty.
package enum DisplayLimits {
    package static let rows = 1...16
    package static let columns = 1...80
    /// How much of a line is looked at before it is simplified and cut, in Unicode scalars.
    package static let lineScalarsMax = 512
    /// How bright a display is, in quarters of what it can.
    package static let levels = 1...4
    /// Windows of a screen.
    package static let windowsMax = 4
    /// Half a blink. Epson's displays count it in 50 ms up to 254 times; a shorter one than 250 ms would keep a display that is
    /// written its text in turn from ever having it whole.
    package static let blinkTime = Duration.milliseconds(250)...Duration.milliseconds(12_700)
    /// A step of a running line. Four rows of twenty take 100 ms at 9600 baud.
    package static let marqueeStep = Duration.milliseconds(200)...Duration.seconds(10)
    /// The empty cells between a running line's end and its beginning.
    package static let marqueeGap = 3
}
