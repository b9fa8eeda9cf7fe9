import Foundation
import Testing

@testable import Storage

@Suite("The mark of a file that was left whole")
struct CleanMarkTests {
    let directory: TemporaryDirectory
    private var path: String { directory.file("a.db") }

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write(Data("a database".utf8), to: "a.db")
    }

    @Test("It speaks once, for the run before")
    func speaksOnce() throws {
        #expect(!CleanMark.take(from: path))
        CleanMark.leave(at: path)
        #expect(CleanMark.take(from: path))
        #expect(!CleanMark.take(from: path))
        #expect(try directory.names() == ["a.db"])
    }

    @Test("It does not speak for a file that was changed since, or put in its place")
    func knowsItsFile() throws {
        CleanMark.leave(at: path)
        try directory.write(Data("a database with more".utf8), to: "a.db")
        #expect(!CleanMark.take(from: path))
        CleanMark.leave(at: path)
        let earlier = Date(timeIntervalSince1970: 1_000_000_000)
        try FileManager.default.setAttributes([.modificationDate: earlier], ofItemAtPath: path)
        #expect(!CleanMark.take(from: path))
    }

    @Test("It does not speak for a file with something in its log, and is not left there; an empty log is none")
    func needsNoLog() throws {
        try directory.write(Data(), to: "a.db-wal")
        CleanMark.leave(at: path)
        #expect(CleanMark.take(from: path))
        CleanMark.leave(at: path)
        try directory.write(Data("log".utf8), to: "a.db-wal")
        #expect(!CleanMark.take(from: path))
        CleanMark.leave(at: path)
        #expect(try directory.names() == ["a.db", "a.db-wal"])
    }

    @Test("A file without a database, or with anything else in it, is no mark")
    func knowsAMark() throws {
        for bytes in [Data(), Data(count: 200), Data("whole".utf8)] {
            try directory.write(bytes, to: "a.db.clean")
            #expect(!CleanMark.take(from: path))
        }
        CleanMark.leave(at: directory.file("missing.db"))
        #expect(try directory.names() == ["a.db"])
    }
}
