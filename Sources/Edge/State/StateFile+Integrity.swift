import Dispatch
import Glibc
import Storage

extension StateFile {
    /// What reading a file through has found.
    package enum Integrity: Sendable, Equatable {
        /// It keeps its own rules.
        case whole
        /// It does not, and why.
        case damaged(String)
        /// It could not be read through: it is not there, or may not be read.
        case unread
        /// It was not read to its end in the time there was.
        case late
    }

    /// Reads the file through, and changes nothing in it; for a store whose edge does not run, which looks for itself.
    /// - Parameters:
    ///   - folder: of the state.
    ///   - seconds: how long it may take.
    package func integrity(in folder: String, seconds: Int) -> Integrity {
        let path = "\(folder)/\(name)"
        guard access(path, R_OK) == 0 else { return .unread }
        let check: DatabaseFile.WholeCheck
        do throws(StorageError) {
            check = try DatabaseFile.WholeCheck(path: path)
        } catch {
            return Self.isDamage(error) ? .damaged(error.message) : .unread
        }
        let end = DispatchWorkItem { check.end() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: end)
        defer { end.cancel() }
        do throws(StorageError) {
            try check.run()
            return .whole
        } catch {
            if error.code == .interrupted { return .late }
            return Self.isDamage(error) ? .damaged(error.message) : .unread
        }
    }

    private static func isDamage(_ error: StorageError) -> Bool {
        [.corrupt, .notADatabase, .wrongApplication].contains(error.code)
    }
}
