import Glibc
import Synchronization

/// The right to be the one process that writes a file; it ends with ``release()``, with this object, or with the
/// process.
///
/// It is a file of its own, `NAME.lock`, because closing a database's file would drop the locks that SQLite holds on it
/// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
package final class FileLock: Sendable {
    /// `nil` once it is released.
    private let file: Mutex<Int32?>

    /// - Parameter path: the file to be written, not the lock.
    /// - Throws: ``StorageError`` `inUse` while another process holds it.
    package init(path: String) throws(StorageError) {
        let file = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw StorageError(
                .readOnly, "\(path).lock cannot be made. Make its directory the edge's own.",
                cause: SystemCall.reason())
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = SystemCall.reason()
            close(file)
            throw StorageError(
                .inUse, "\(path) is in use by another process. Is the edge running already?", cause: reason)
        }
        self.file = Mutex(file)
    }

    deinit {
        release()
    }

    /// Lets another process have the file.
    package func release() {
        file.withLock { file in
            if let file {
                // A program that is just being started has a copy of the file until it runs, and closing would leave it the lock.
                flock(file, LOCK_UN)
                close(file)
            }
            file = nil
        }
    }
}
