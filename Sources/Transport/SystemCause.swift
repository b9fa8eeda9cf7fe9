import Foundation
import Glibc
import NIOCore
import NIOPosix

/// Why a library or the system refused something, in a few words for a person: they stand behind a sentence of the program's
/// own, which says what happened and what to do.
package enum SystemCause {
    /// - Returns: the system's name of the failure where it has one: `No such file or directory`. An error of the program's own
    ///   stays as it is.
    package static func words(_ error: any Error) -> String {
        switch error {
        case let error as IOError: return words(errno: error.errnoCode)
        case let error as NIOConnectionError:
            return error.connectionErrors.last.map { words($0.error) } ?? "its name is not known"
        case ChannelError.connectTimeout: return "nobody answered in time"
        case is SocketAddressError: return "its name is not known"
        case let error as POSIXError: return words(errno: error.code.rawValue)
        case let error as CocoaError: return words(errno: number(of: error))
        case is DecodingError, is EncodingError: return "it is not as it should be written"
        default: return "\(error)"
        }
    }

    /// Whether an error is one of a library's or the system's, whose own words are for programmers.
    package static func isForeign(_ error: any Error) -> Bool {
        error is IOError || error is NIOConnectionError || error is SocketAddressError || error is POSIXError
            || error is CocoaError || error is DecodingError || error is EncodingError
    }

    private static func words(errno number: Int32) -> String { String(cString: strerror(number)) }

    /// Foundation knows the system's number, or has said only what kind it is.
    private static func number(of error: CocoaError) -> Int32 {
        if let known = error.userInfo[NSUnderlyingErrorKey] as? POSIXError { return known.code.rawValue }
        return switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: EACCES
        case .fileWriteFileExists: EEXIST
        case .fileWriteOutOfSpace: ENOSPC
        case .fileWriteVolumeReadOnly: EROFS
        case .fileReadInvalidFileName, .fileWriteInvalidFileName: ENAMETOOLONG
        case .fileReadTooLarge: EFBIG
        default: EIO
        }
    }
}
