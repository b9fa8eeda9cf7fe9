/// The bounds of every queue, buffer and wait of this module.
package enum USBLimits {
    /// Posted pieces of work that wait for the event thread.
    package static let mailboxWorkMax = 65_536
    /// Timers that wait on the event thread.
    package static let timersMax = 4_096
    /// How long the event thread sleeps when it has no timer. It wakes earlier for every event; a bound exists because
    /// libusb's wait takes one.
    package static let idleWait = Duration.seconds(86_400)
    /// How long the event thread pauses after libusb failed to handle events, so that a lasting fault does not spin.
    package static let eventFaultPause = Duration.milliseconds(20)

    /// A configuration descriptor with everything that belongs to it.
    package static let configurationBytesMax = 4_096
    /// Interfaces of a configuration, alternate settings not counted.
    package static let interfacesMax = 32
    /// Alternate settings of all interfaces of a configuration together.
    package static let settingsMax = 256
    /// Endpoints of an alternate setting: 15 each way (USB 2.0, section 9.6.6).
    package static let endpointsMax = 30
    /// The kernel's `descriptors` file: a device descriptor and every configuration.
    package static let descriptorsFileBytesMax = 65_536
    /// What the kernel's folder of an interface holds.
    package static let interfaceEntriesMax = 256
    /// How deep below an interface's folder its nodes are looked for.
    package static let nodeDepthMax = 4
    /// Processes that are looked at for who holds a device.
    package static let processesMax = 65_536
    /// Open files of a process that are looked at.
    package static let processFilesMax = 16_384
    /// How long a device that arrived is waited for by those that arrived after it, when the kernel has not set it up yet.
    package static let arrivalPatience = Duration.seconds(2)

    /// A string of the device, as the kernel has it in UTF-8: 126 UTF-16 units of at most three bytes.
    package static let stringBytesMax = 384

    /// Ports in a chain from the root hub to a device (USB 3.2, section 8.9): libusb asks for this many.
    package static let portDepthMax = 7

    /// Transfers that stay pending on an endpoint while it is being read.
    package static let transfersInFlight = 2
    /// The buffer of one transfer.
    package static let transferBytesMax = 16_384
    /// The data stage of a control transfer: what the kernel's usbfs takes.
    package static let controlBytesMax = 4_096
    /// Control transfers and writes pending on a port.
    package static let operationsMax = 64
    /// The longest time-out of a transfer.
    package static let timeoutMax = Duration.seconds(60)
    /// How long stopping a bus waits for the ends of cancelled transfers before it closes the ports regardless.
    package static let closeWait = Duration.seconds(5)

    /// Completions that wait on a virtual endpoint until somebody reads it.
    package static let virtualCompletionsMax = 1_024
}
