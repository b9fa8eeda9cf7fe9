import Foundation
import Testing

@testable import Systems

@Suite struct CredentialFilesTests {
    private func file(_ text: String, mode: Int = 0o600) throws -> (TemporaryDirectory, String) {
        let directory = try TemporaryDirectory()
        try directory.write(Data(text.utf8), to: "secret")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory.file("secret"))
        return (directory, directory.file("secret"))
    }

    @Test("A credential is read from a file of its own, without the end of its line")
    func path() throws {
        let (directory, path) = try file("pass word ø\n")
        #expect(try CredentialFiles(directory: nil).read(path).text == "pass word ø")
        _ = directory
    }

    @Test("A credential of the service manager's is read by its name, whatever its mode")
    func name() throws {
        let (directory, _) = try file("abc", mode: 0o440)
        #expect(try CredentialFiles(directory: directory.path).read("secret").text == "abc")
        let error = #expect(throws: SystemsError.self) { try CredentialFiles(directory: nil).read("secret") }
        #expect(error?.message.contains("LoadCredential=secret:PATH") == true)
    }

    @Test("A file that others may read, that is empty, or that is not there is refused, and says what to do")
    func refused() throws {
        let (open, path) = try file("abc", mode: 0o644)
        let error = #expect(throws: SystemsError.self) { try CredentialFiles(directory: nil).read(path) }
        #expect(error?.message.contains("chmod 600") == true)
        let (empty, emptyPath) = try file("\n")
        #expect(throws: SystemsError.self) { try CredentialFiles(directory: nil).read(emptyPath) }
        let (lines, linesPath) = try file("a\nb\n")
        #expect(throws: SystemsError.self) { try CredentialFiles(directory: nil).read(linesPath) }
        #expect(throws: SystemsError.self) { try CredentialFiles(directory: nil).read("/nowhere/secret") }
        _ = (open, empty, lines)
    }
}
