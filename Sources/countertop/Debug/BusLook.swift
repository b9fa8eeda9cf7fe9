import Dispatch
import Synchronization
import USB

/// Looks once at everything that is plugged in, and takes nothing from anybody.
enum BusLook {
    /// - Parameter look: runs on the bus's thread for each device; what it gives is collected.
    /// - Throws: ``USBError`` when the ports cannot be watched.
    static func all<Seen: Sendable>(
        _ look: @escaping @Sendable (USBDevice, LibUSBBus) -> Seen?
    ) async throws -> [Seen] {
        let bus = try LibUSBBus()
        let result: Result<[Seen], any Error> = await withCheckedContinuation { done in
            // The bus is waited for, which would hold up a task's thread.
            DispatchQueue.global().async {
                let seen = Mutex<[Seen]>([])
                let started = Result {
                    try bus.start { event in
                        guard case .arrived(let device) = event, let found = look(device, bus) else { return }
                        seen.withLock { $0.append(found) }
                    }
                }
                bus.stop()
                done.resume(returning: started.map { seen.withLock { $0 } })
            }
        }
        return try result.get()
    }
}
