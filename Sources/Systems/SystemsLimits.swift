/// The bounds of every row, page, list and wait of this module.
package enum SystemsLimits {
    /// Bytes of a row of a file, its line end included.
    package static let rowBytesMax = 65_536
    /// Columns of a CSV file.
    package static let columnsMax = 512
    /// Objects and lists within each other in a row of JSON Lines.
    package static let jsonDepthMax = 8
    /// Values of a row of JSON Lines.
    package static let jsonValuesMax = 2_048
    /// Lines of a file that are looked at once more, because a quotation mark before them was never closed.
    package static let rescansMax = 1_000
    /// Bytes that are read at a time.
    package static let chunkBytes = 262_144
    /// Rows of a page.
    package static let pageRowsMax = 20_000
    /// Bytes of the rows of a page, beyond which no further row is added.
    package static let pageBytesMax = 16 * 1_024 * 1_024
    /// Rejected rows that are named one by one; all are counted.
    package static let rejectionsNamedMax = 1_000
    /// Bytes of a file's name in a cursor.
    package static let fileNameBytesMax = 1_024
    /// Files that a watched folder is searched for.
    package static let folderFilesMax = 10_000
    /// How long a file of a watched folder has to be left alone before it is read: whoever writes it may not be done.
    package static let settleSeconds = 5.0
    /// How long a command may be silent.
    package static let commandSilence = Duration.seconds(300)
    /// Words of a command.
    package static let commandWordsMax = 64
}
