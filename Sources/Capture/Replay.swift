package import USB

/// Plays a capture on a virtual bus: its devices are plugged in, and send what they sent then, in the same order and with
/// the same time between.
package final class Replay: Sendable {
    package let devices: [CapturedDevice]

    package init(_ devices: [CapturedDevice]) {
        self.devices = devices
    }

    /// Plugs the devices in and lets them send.
    /// - Parameters:
    ///   - bus: whose thread is running. It has been started by whoever uses the devices.
    ///   - ended: called on the bus's thread when everything was sent.
    package func play(on bus: VirtualBus, ended: @escaping @Sendable () -> Void) {
        var arrivals: [(plug: VirtualPlug, arrival: CapturedDevice.Arrival)] = []
        for captured in devices {
            let drivers = captured.device.configuration.interfaces.filter { $0.interfaceClass == 3 }
                .map { ($0.number, "usbhid") }
            let plug = bus.plug(
                captured.device, kernelDrivers: Dictionary(drivers) { first, _ in first },
                behaviour: CapturedBehaviour(answers: captured.answers))
            arrivals += captured.arrivals.map { (plug, $0) }
        }
        arrivals.sort { $0.arrival.after < $1.arrival.after }
        send(arrivals, 0, since: arrivals.first?.arrival.after ?? .zero, on: bus.thread, ended: ended)
    }

    /// Sends one after the other. The first waits until the devices are set up: they are read only then, and what they send
    /// waits for it.
    private func send(
        _ arrivals: [(plug: VirtualPlug, arrival: CapturedDevice.Arrival)], _ next: Int, since last: Duration,
        on thread: USBEventThread, ended: @escaping @Sendable () -> Void
    ) {
        guard next < arrivals.count else {
            thread.schedule(after: Self.pauseMax) { ended() }
            return
        }
        let (plug, arrival) = arrivals[next]
        let wait = min(max(arrival.after - last, .zero), Self.pauseMax)
        thread.schedule(after: wait) {
            // Only what completed: faults of then end the reading, and a device that left is not plugged in again.
            if case .completed = arrival.completion { plug.complete(endpoint: arrival.endpoint, arrival.completion) }
            self.send(arrivals, next + 1, since: arrival.after, on: thread, ended: ended)
        }
    }

    /// A pause between two reports is not waited for longer: it is longer than any that ends a scan.
    package static let pauseMax = Duration.seconds(2)
}
