import Foundation
import Synchronization

/// Writes USB packets to a pcapng file, each as it comes, so that a capture that is cut short holds what happened.
package final class CaptureWriter: Sendable {
    private let file: Mutex<FileHandle>
    private let failure = Mutex<CaptureError?>(nil)
    private let written = Mutex<UInt64>(0)

    /// Makes the file, readable by its owner alone: it holds what was scanned.
    /// - Throws: ``CaptureError`` when the file is there already or cannot be made.
    package init(path: String) throws(CaptureError) {
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else {
            let why =
                errno == EEXIST
                ? "is there already. Name another."
                : "cannot be made. Look whether its folder is there and may be written to."
            throw CaptureError(.file, "\(path) \(why)")
        }
        file = Mutex(FileHandle(fileDescriptor: number, closeOnDealloc: true))
        write(PcapNGWriter.beginning(application: "countertop"))
    }

    /// Why the file takes no more; `nil` while it does.
    package var error: CaptureError? { failure.withLock { $0 } }

    /// How many packets the file has taken.
    package var packets: UInt64 { written.withLock { $0 } }

    package func write(_ packet: UsbmonPacket) {
        let bytes = packet.bytes
        write(PcapNGWriter.packet(bytes, time: packet.time))
        if error == nil { written.withLock { $0 += 1 } }
    }

    private func write(_ bytes: [UInt8]) {
        guard error == nil else { return }
        let error = file.withLock { file -> CaptureError? in
            do {
                try file.write(contentsOf: bytes)
                return nil
            } catch {
                return CaptureError(
                    .file, "The capture cannot be written. Look whether the disk is full.", cause: error)
            }
        }
        if let error { failure.withLock { $0 = error } }
    }
}
