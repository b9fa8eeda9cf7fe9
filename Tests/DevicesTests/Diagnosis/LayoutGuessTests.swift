import Testing

@testable import Devices

@Suite struct LayoutGuessTests {
    /// What the keys of a layout make of a text when they are read as another one.
    private func misread(_ text: String, typedAs layout: String, readAs other: String) throws -> String? {
        let (typed, read) = (
            try WedgeKeymap.named(layout, variant: ""), try WedgeKeymap.named(other, variant: "")
        )
        var result = ""
        for scalar in text.unicodeScalars {
            let found = [WedgeModifiers(), .leftShift].lazy.flatMap { modifiers in
                (UInt8(0x04)...0x38).lazy.map { ($0, WedgeKeymap.State(modifiers: modifiers)) }
            }.first { typed.character(of: $0.0, in: $0.1).scalar == scalar }
            guard let (usage, state) = found else { return nil }
            let character = read.character(of: usage, in: state)
            guard let seen = character.deadKeysym.map({ read.deadKey($0)?.spacing }) ?? character.scalar else {
                return nil
            }
            result.unicodeScalars.append(seen)
        }
        return result
    }

    @Test("A test code tells the layout that the scanner is set to", arguments: LayoutGuess.layouts.dropFirst())
    func guesses(layout: String) throws {
        // A layout lacks some of these signs without AltGr, and then they are left out.
        var code = "aqwzym019"
        for sign in "-/:?" where try misread(String(sign), typedAs: layout, readAs: "us") != nil { code.append(sign) }
        let read = try misread(code, typedAs: layout, readAs: "us")
        guard let read, read != code else { return }
        var settings = WedgeSettings()
        settings.layout = "us"
        let found = LayoutGuess.layouts(read: read, as: settings, expected: code)
        #expect(found.contains(layout), "\(code) was read as \(read), and \(found) was guessed")
        #expect(!found.contains("us"))
    }

    @Test("A French scanner read as US is known by its digits")
    func french() {
        let settings = WedgeSettings()
        #expect(LayoutGuess.layouts(read: "!@#qwe", as: settings, expected: "123aze").contains("fr"))
    }

    @Test("What no layout explains is left unexplained, and so is what lost a character")
    func unexplained() {
        let settings = WedgeSettings()
        #expect(LayoutGuess.layouts(read: "abc", as: settings, expected: "123") == [])
        #expect(LayoutGuess.layouts(read: "ab", as: settings, expected: "abc") == [])
        #expect(LayoutGuess.layouts(read: "", as: settings, expected: "") == [])
    }
}
