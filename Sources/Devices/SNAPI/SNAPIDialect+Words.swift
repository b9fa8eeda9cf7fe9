extension SNAPIDialect {
    /// Report and data.
    static let words = WordControls(words: [
        .goodRead: [Report.beep, ZebraBeep.shortHigh],
        .notOnFile: [Report.beep, ZebraBeep.threeShortLow],
        .error: [Report.beep, ZebraBeep.longLow],
        .allowRead: [Report.scanEnable, 1],
        .preventRead: [Report.scanEnable, 0],
        .pullTrigger: [Report.trigger, 1],
        .releaseTrigger: [Report.trigger, 0],
        .aim: [Report.aim, 1],
        .stopAiming: [Report.aim, 0],
    ])

    package func describe(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        guard let id = bytes.first else { return [] }
        var fields = [("report", [id].hexadecimal)]
        switch id {
        case Report.scan where bytes.count >= 6:
            fields += [
                ("packets", "\(bytes[1])"), ("index", "\(bytes[2])"), ("length", "\(bytes[3])"),
                ("code type", "\(UInt16(bytes[4]) | UInt16(bytes[5]) << 8)"),
                ("data", bytes.dropFirst(6).prefix(Int(bytes[3])).shown),
            ]
        case Report.largeScan where bytes.count >= 8:
            fields += [
                ("packets", "\(UInt16(bytes[1]) << 8 | UInt16(bytes[2]))"),
                ("index", "\(UInt16(bytes[3]) << 8 | UInt16(bytes[4]))"), ("length", "\(bytes[5])"),
                ("code type", "\(UInt16(bytes[6]) | UInt16(bytes[7]) << 8)"),
                ("data", bytes.dropFirst(8).prefix(Int(bytes[5])).shown),
            ]
        case Report.status where bytes.count >= 3:
            fields += [("of report", [bytes[1]].hexadecimal), ("status", "\(bytes[2] & 0x0F)")]
        default: fields.append(("bytes", bytes.dropFirst().hexadecimal))
        }
        return fields
    }
}
