import Foundation
import Testing

@testable import Systems

@Suite struct InflatingInputTests {
    /// `key,name\n1,Kari\n`, packed by Python's gzip with the time 0.
    private static let packed = [UInt8](
        Data(base64Encoded: "H4sIAAAAAAACA8tOrdTJS8xN5TLU8U4syuQCAFoeLbEQAAAA") ?? Data())
    private static let text = "key,name\n1,Kari\n"

    private func read(_ bytes: [UInt8], piece: Int) throws -> String {
        let input = InflatingInput(BytesInput(bytes, piece: piece), name: "x.gz")
        var all: [UInt8] = []
        while true {
            let more = try input.read()
            if more.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += more
        }
    }

    @Test("Packed bytes are unpacked and others are given as they are, in whatever pieces they come", arguments: 1...40)
    func unpacks(piece: Int) throws {
        #expect(try read(Self.packed, piece: piece) == Self.text)
        #expect(try read(Array(Self.text.utf8), piece: piece) == Self.text)
        #expect(try read(Self.packed + Self.packed + [0, 0], piece: piece) == Self.text + Self.text)
        #expect(try read([], piece: piece) == "")
        #expect(try read([0x1F], piece: piece) == "\u{1F}")
    }

    @Test("What is cut or damaged is said to be that, and is never taken for all")
    func damaged() {
        for count in 2..<Self.packed.count {
            let error = #expect(throws: SystemsError.self) { try read(Array(Self.packed[..<count]), piece: 7) }
            #expect(error?.code == .broken)
        }
        var bytes = Self.packed
        bytes[bytes.count - 6] ^= 1
        #expect(throws: SystemsError.self) { try read(bytes, piece: 100) }
    }

    @Test("Bytes are left out from the front, packed or not", arguments: 0...16)
    func skips(count: Int) throws {
        for bytes in [Self.packed, Array(Self.text.utf8)] {
            let input = InflatingInput(BytesInput(bytes, piece: 5), name: "x.gz")
            var all = try input.skip(UInt64(count))
            while case let more = try input.read(), !more.isEmpty { all += more }
            #expect(all == Array(Self.text.utf8.dropFirst(count)))
        }
    }

    @Test("Windows-1252 becomes UTF-8")
    func windows() throws {
        let input = WindowsInput(BytesInput([0x4B, 0xE5, 0x80, 0x9F, 0xFF]))
        #expect(try String(decoding: input.read(), as: UTF8.self) == "Kå€Ÿÿ")
    }
}
