import Foundation
import Transport
import Wire

/// Why a verb ended, in the program's own words.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ words: String) { description = words }

    /// The error as a person is told it: one of a library's or the system's is put into words, and any other has its own.
    static func told(_ error: any Error) -> any Error {
        if let status = error as? Status { return CommandFailure(status.message) }
        guard SystemCause.isForeign(error) else { return error }
        let cause = SystemCause.words(error)
        guard let path = (error as? CocoaError)?.userInfo[NSFilePathErrorKey] as? String else {
            return CommandFailure("It could not be done: \(cause). Look whether the disk and the network are well.")
        }
        return CommandFailure(
            "\(path) cannot be read or written: \(cause). Look whether it and its folder are there, and whether this user may."
        )
    }
}
