/// The bounds of a lane.
struct LaneLimits: Sendable {
    /// How long a scan waits for a till, and a customer for a basket.
    var scanTime: Duration = .seconds(60)
    /// How long a lane is kept for a till whose connection was lost.
    var leaseTime: Duration = .seconds(30)
    /// How long the lane's till may take nothing of what it is to have before it is let go.
    var takeTime: Duration = .seconds(30)
    /// The longest token of a till, and the longest operation id, in bytes.
    var tillTokenBytesMax = 64
    var operationBytesMax = 64
    /// How many scans a look into the lane's history gives when the till does not say, and at most.
    var historyDefault = 100
    var historyMax = 1_000
    /// How long a passing text stays on the display.
    var noteTime: Duration = .seconds(5)
    /// How long after a sale its customer is told of the bonuses that it brought.
    var bonusesTime: Duration = .seconds(120)
    /// How long an armed scanner reads nothing, since it was armed or a basket was opened without a customer, before the
    /// customer is asked for a brighter screen.
    var brightnessTime: Duration = .seconds(10)
    /// How long a lane that is armed on request reads when no customer is recognised.
    var armTime: Duration = .seconds(120)
    /// How long ``Lane/show(_:for:now:)`` lasts when the till does not say.
    var showTime: Duration = .seconds(10)
    /// The longest time a till may ask a text to stay.
    var showTimeMax: Duration = .seconds(3600)
    /// How many lines a till may send to the display.
    var showLinesMax = 8
    /// The longest basket number, in bytes of UTF-8.
    var basketNumberBytesMax = 128
    /// The longest label that can be typed in, in bytes.
    var enterBytesMax = 4096
    /// How many scans are read from the journal at once.
    var replayPageScans = 256
    /// How many earlier scans are given one after the other before others have their turn, and how long that turn is at least.
    var replaySliceScans = 16
    var replayPause: Duration = .microseconds(100)
    /// How many scans a start looks back for the first that no till has taken.
    var lookBackScansMax = 10_000
    /// How many may look on in a lane at once, beside its till.
    var watchersMax = 32
}
