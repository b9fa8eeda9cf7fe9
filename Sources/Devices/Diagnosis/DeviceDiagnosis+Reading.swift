extension DeviceDiagnosis {
    /// What it reads, and what it makes of a code that is known.
    static func reading(_ facts: DeviceFacts) -> [DeviceFinding] {
        var findings: [DeviceFinding] = []
        if let why = facts.info.capabilities.whyNoPhoneCode {
            findings.append(
                DeviceFinding(
                    .noPhoneCodes, .warning, "It \(why): customers cannot be recognised by them at this scanner.",
                    fix: "Use a scanner with a camera for customers, and this one for articles and printed cards."))
        }
        guard let scan = facts.testScan else { return findings }
        return findings + [judged(scan, facts.wedge)]
    }

    private static func judged(_ scan: TestScan, _ wedge: WedgeSettings?) -> DeviceFinding {
        guard let read = scan.read else { return unread(scan) }
        guard read != scan.expected else {
            return DeviceFinding(.testCodeRight, .note, "The test code is read as it should be.")
        }
        let difference = "The test code holds \"\(scan.expected)\" and was read as \"\(read)\"."
        if isCaseSwapped(read, scan.expected) {
            return DeviceFinding(
                .capsLock, .fault,
                "\(difference) Capitals and small letters are swapped: the scanner believes that Caps Lock is on.",
                fix: "Set Caps Lock off in the scanner's manual (\"Simulated Caps Lock\", \"Override Caps Lock\").")
        }
        guard let wedge else {
            return DeviceFinding(
                .testCodeWrong, .fault, difference,
                fix:
                    "Look for a prefix, a suffix or an editing rule in the scanner, or for another speed or parity of its line."
            )
        }
        let layouts = LayoutGuess.layouts(read: read, as: wedge, expected: scan.expected)
        guard let first = layouts.first else {
            return DeviceFinding(
                .testCodeWrong, .fault, "\(difference) No known keyboard layout explains it.",
                fix: "Look for a prefix, a suffix or an editing rule in the scanner, or set it to HID POS.")
        }
        let others = layouts.count > 1 ? " (\(layouts.dropFirst().joined(separator: ", ")) would fit as well)" : ""
        return DeviceFinding(
            .layoutWrong, .fault,
            "\(difference) The scanner types as a keyboard of the layout \"\(first)\"\(others), and it is read as \"\(wedge.layout)\".",
            fix:
                "Set the scanner to \"\(wedge.layout)\", or add layout: \(first) to its entry under keyboards (or to wedge)."
        )
    }

    private static func unread(_ scan: TestScan) -> DeviceFinding {
        guard !scan.isDisarmed else {
            return DeviceFinding(
                .testCodeUnread, .warning,
                "The test code was read and dropped, because the lane of the scanner is disarmed: nothing is to be read now.",
                fix: "Let the till arm the lane, and scan again.")
        }
        return DeviceFinding(
            .testCodeUnread, .fault, "The test code was not read, although it was waited for.",
            fix: """
                See that the scanner lights up when it is triggered, and beeps: then it reads, and its mode or its cable is wrong. \
                If it beeps not, hold another printed code before it. A lane that is disarmed reads nothing either.
                """)
    }

    /// A letter may have a capital of two letters (ß and SS), so that they are compared as texts.
    private static func isCaseSwapped(_ read: String, _ expected: String) -> Bool {
        read.map { $0.isUppercase ? $0.lowercased() : $0.uppercased() }.joined() == expected
    }
}
