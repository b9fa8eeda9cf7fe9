/// The bounds of every buffer, cache and wait of this module.
package enum StorageLimits {
    /// The longest file that is read as a key file.
    package static let keyFileBytesMax = 512
    /// Contexts whose sub-keys a vault keeps; those of further contexts are derived anew for each call.
    package static let contextsMax = 256
    /// Rows of a file that are looked at in one step while they are rewritten under a new key.
    package static let rewriteStepRows = 128
    /// How often it is tried to wipe a file that was rewritten, while a reader holds its log.
    package static let rewriteWipesMax = 2
    /// How long a connection waits for another one's lock.
    package static let busyTimeout = Duration.seconds(5)
    /// How long closing a file waits for those who still read it, before its log is left to the next start.
    package static let closeWait = Duration.milliseconds(250)
    /// Pages in the write-ahead log after which a commit carries them over into the database.
    package static let checkpointPages = 1_000
    /// What is left of the write-ahead log's file when it starts anew.
    package static let walFileBytesKept = 8 * 1024 * 1024
    /// Files of one name that can be set aside in one second.
    package static let setAsidePerSecondMax = 100
    /// Pages whose gaps are looked at while nobody else may write: half a megabyte is read, and synchronised at most once.
    static let gapStepPages: Int64 = 128
    /// How long a step of that waits for a reader or another writer, with everybody who wants to write behind it.
    static let gapBusyTimeout = Duration.milliseconds(250)
    /// How many steps of one wiping may be in vain, with a pause of as long behind each.
    static let gapTriesMax = 12
}
