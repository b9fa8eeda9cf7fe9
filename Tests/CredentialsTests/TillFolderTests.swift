import Foundation
import Testing

@testable import Credentials

@Suite struct TillFolderTests {
    private let directory: TemporaryDirectory
    private let folder: TillFolder

    init() throws {
        directory = try TemporaryDirectory()
        folder = TillFolder(path: directory.file("till"))
    }

    private func contents() -> TillFolder.Contents {
        TillFolder.Contents(
            keyPEM: SigningKey().pem.trimmingCharacters(in: .newlines) + "\n", certificate: [1, 2, 3],
            authority: [4, 5])
    }

    @Test("What was written is read, by its owner alone")
    func readsBack() throws {
        let contents = contents()
        try folder.write(contents)
        #expect(try folder.read() == contents)
        for name in ["till.pem", "store.pem"] { #expect(try directory.mode("till/\(name)") == 0o600) }
        #expect(try directory.mode("till") == 0o700)
    }

    @Test("Files that others may read are refused, with what to do", arguments: [0o640, 0o604, 0o666, 0o620])
    func modes(_ mode: Int) throws {
        try folder.write(contents())
        try directory.setMode(mode, of: "till/till.pem")
        let error = #expect(throws: CredentialsError.self) { try folder.read() }
        #expect(error?.code == .filePermissions)
        #expect(error?.message.contains("chmod 600") == true)
    }

    @Test("The folder is made with those it stands in, and what cannot be kept there is found before a code is used")
    func prepares() throws {
        let deep = TillFolder(path: directory.file("home/.config/till"))
        try deep.prepare()
        #expect(try directory.mode("home/.config/till") == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: deep.path).isEmpty)
        try Data().write(to: URL(fileURLWithPath: directory.file("file")))
        #expect(throws: CredentialsError.self) { try TillFolder(path: directory.file("file")).prepare() }
    }

    @Test("A till that was not paired is told how to be")
    func notPaired() {
        let error = #expect(throws: CredentialsError.self) { try folder.read() }
        #expect(error?.message.contains("countertop join") == true)
    }

    @Test("Files that hold something else are refused", arguments: ["", "nonsense", "-----BEGIN CERTIFICATE-----\n"])
    func malformed(_ text: String) throws {
        try folder.write(contents())
        try directory.write(Data(text.utf8), to: "till/till.pem")
        try directory.setMode(0o600, of: "till/till.pem")
        #expect(throws: CredentialsError.self) { try folder.read() }
    }
}
