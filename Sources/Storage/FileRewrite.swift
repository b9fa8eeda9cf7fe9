/// Rewrites the rows of one file that are sealed or indexed under the key before, in steps of a bounded number of rows, each in
/// a transaction of its own. Whoever reads meanwhile finds a row as it was or as it is, and one that begins again after the
/// process ended passes over what is done.
package protocol FileRewrite: Sendable {
    /// The file's name, for people.
    var name: String { get }
    /// Rows looked at so far, and rows there are in all, as far as they were counted.
    var progress: (rows: Int, of: Int) { get }

    /// Rewrites the next rows.
    /// - Parameter goesOn: asked now and then in the last step, which reads all of the file; false ends it there, and the next start
    ///   does it once more.
    /// - Returns: false when the file needs the key before no more, which it then says of itself.
    /// - Throws: what the disk refuses; nothing of the step is done then.
    mutating func step(while goesOn: () -> Bool) throws -> Bool
}

extension FileRewrite {
    /// As ``step(while:)``, to its end.
    package mutating func step() throws -> Bool { try step { true } }
}
