/// The bounds of every wait, repetition and memory of the hub.
package struct HubLimits: Sendable {
    /// How often opening a device or claiming an interface is tried. Both fail for some milliseconds after an arrival,
    /// while the system sets the device up.
    package var openTriesMax = 8
    /// The wait after the first failed try; it doubles up to ``openWaitMax``.
    package var openWait = Duration.milliseconds(25)
    package var openWaitMax = Duration.milliseconds(400)
    /// The wait before a device that failed is tried again, for as long as it is plugged in.
    package var reopenWait = Duration.seconds(10)
    /// After this long a person is told that the kernel does not let a device be opened.
    package var openingTellWait = Duration.seconds(3)

    /// How often and how long a driver is waited for on an interface of an unknown device before it is taken for one that
    /// nobody wants. The kernel announces a device before it binds drivers to it.
    package var driverTriesMax = 5
    package var driverWait = Duration.milliseconds(100)

    /// A control transfer or a write.
    package var answerWait = Duration.seconds(1)
    /// How often a report descriptor is asked for.
    package var descriptorTriesMax = 3

    /// Stalls of an endpoint with no report between them.
    package var stallsMax = 5
    /// The wait after the first error of an endpoint; it doubles up to ``errorWaitMax``, as the kernel's usbhid does.
    package var errorWait = Duration.milliseconds(13)
    package var errorWaitMax = Duration.milliseconds(100)
    /// How long errors with no report between them go on before the device is reset.
    package var errorTimeMax = Duration.seconds(1)
    /// Resets with no report between them.
    package var resetsMax = 2
    /// Writes in a row that a device does not take, before the next step is taken with it.
    package var untakenMax = 2
    /// After this long without a fault, earlier ones no longer count.
    package var healthyTime = Duration.seconds(60)
    /// Reports larger than the transfer, with no sound report between them, that are passed over at once.
    package var overflowsMax = 16

    /// How long a typed label of a scanner that offers HID POS is held back, until HID POS has given one.
    package var rivalWait = Duration.milliseconds(200)

    /// Who may wait for the end of an order to a device at the same time.
    package var orderCallersMax = 16
    /// How long a scanner reads nothing because somebody tries it out: longer than the longest pause of `debug test`.
    package var holdWait = Duration.seconds(15)

    /// How often a failed screen is written again before the next one is waited for.
    package var displayTriesMax = 3
    package var displayWait = Duration.milliseconds(500)

    package init() {}

    package static let standard = HubLimits()
}
