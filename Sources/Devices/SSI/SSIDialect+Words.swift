extension SSIDialect {
    /// Opcode and data. Three short low beeps say that a label is not on file, a long low one that something is wrong.
    static let words = WordControls(words: [
        .goodRead: [SSIPacket.Opcode.beep, ZebraBeep.shortHigh],
        .notOnFile: [SSIPacket.Opcode.beep, ZebraBeep.threeShortLow],
        .error: [SSIPacket.Opcode.beep, ZebraBeep.longLow],
        .allowRead: [SSIPacket.Opcode.scanEnable],
        .preventRead: [SSIPacket.Opcode.scanDisable],
        .pullTrigger: [SSIPacket.Opcode.startDecode],
        .releaseTrigger: [SSIPacket.Opcode.stopDecode],
        .aim: [SSIPacket.Opcode.aimOn],
        .stopAiming: [SSIPacket.Opcode.aimOff],
        // The first of eight lamps.
        .lightOn: [SSIPacket.Opcode.ledOn, 1],
        .lightOff: [SSIPacket.Opcode.ledOff, 1],
        .askRevision: [SSIPacket.Opcode.requestRevision],
        // Labels in packets, without a beep for the change, until the scanner loses its power.
        .begin: [SSIPacket.Opcode.paramSend, ZebraBeep.none, 0xEE, 1],
    ])

    /// Each packet's parts. What is no whole packet is shown as it is.
    package func describe(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var reader = SSIReader(limits: .standard)
        var fields: [(name: String, value: String)] = []
        var count = 0
        for byte in bytes {
            count += 1
            guard let finding = reader.take(byte, at: .now) else { continue }
            count = 0
            switch finding {
            case .packet(let packet):
                fields.append(("opcode", [packet.opcode].hexadecimal))
                fields.append(("status", [packet.status].hexadecimal))
                if packet.opcode == SSIPacket.Opcode.decodeData, let type = packet.data.first {
                    fields.append(("bar code type", "\(type)"))
                    fields.append(("data", packet.data.dropFirst().shown))
                } else if !packet.data.isEmpty {
                    fields.append(("data", packet.data.shown))
                }
            case .fault(let reason): fields.append(("fault", reason.description))
            }
        }
        if count > 0 { fields.append(("part of a packet", bytes.suffix(count).hexadecimal)) }
        return fields
    }
}
