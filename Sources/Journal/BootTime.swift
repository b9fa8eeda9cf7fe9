import Foundation
import Glibc

/// A moment by the clock that nobody sets: which boot of the machine it was in, and how long after its beginning, times in
/// which the machine slept included (CLOCK_BOOTTIME, clock_gettime(2)).
///
/// A box without a real-time clock begins after a power cut at whatever time it finds, and is set later. How old something is
/// can be known within one boot alone: of what is from another one it is only certain that the machine was off in between.
package struct BootTime: Sendable, Equatable {
    /// The beginning of the boot's random id (/proc/sys/kernel/random/boot_id, random(4)), as a number.
    package let boot: Int64
    /// Since the boot began, in whole microseconds.
    package let elapsed: Duration

    package init(boot: Int64, elapsed: Duration) {
        self.boot = boot
        self.elapsed = elapsed
    }

    /// - Returns: `nil` on a machine that has no such id.
    package static func now() -> BootTime? {
        guard let boot = presentBoot else { return nil }
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return BootTime(
            boot: boot, elapsed: .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_nsec) / 1_000))
    }

    package static func + (time: BootTime, duration: Duration) -> BootTime {
        BootTime(boot: time.boot, elapsed: time.elapsed + duration)
    }

    /// How long it was until `later`; `nil` when that is in another boot.
    package func duration(to later: BootTime) -> Duration? {
        boot == later.boot ? later.elapsed - elapsed : nil
    }

    /// Microseconds since the boot began, as the journal writes them.
    package var microseconds: Int64 {
        elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000
    }

    private static let presentBoot: Int64? = {
        guard let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
            let number = UInt64(text.filter { $0 != "-" }.prefix(16), radix: 16)
        else { return nil }
        return Int64(bitPattern: number)
    }()
}
