extension ServedFiles {
    /// The names of the calls that are answered by many messages: protobuf-c's own descriptions do not say it. Numbers are those
    /// of google/protobuf/descriptor.proto.
    static var streams: Set<String> {
        packed.withUnsafeBytes { bytes in
            var streams: Set<String> = []
            for file in WireCursor(bytes)?.messages(1) ?? [] {
                let package = file.text(2)
                for service in file.messages(6) {
                    for method in service.messages(2) where method.number(6) == 1 {
                        streams.insert("\(package).\(service.text(1))/\(method.text(1))")
                    }
                }
            }
            return streams
        }
    }
}

extension WireCursor {
    /// Goes over the fields of a message; what comes after a mistake is left out.
    private func each(_ number: UInt32, _ body: (inout WireCursor) throws(WireError) -> Void) {
        var cursor = self
        do throws(WireError) {
            while !cursor.isAtEnd {
                let tag = try cursor.tag()
                if tag.number == number { try body(&cursor) } else { try cursor.skip(tag.type) }
            }
        } catch {}
    }

    fileprivate func messages(_ number: UInt32) -> [WireCursor] {
        var messages: [WireCursor] = []
        each(number) { cursor throws(WireError) in messages.append(try cursor.lengthDelimited()) }
        return messages
    }

    fileprivate func text(_ number: UInt32) -> String {
        messages(number).last.map { String(decoding: $0.rest, as: UTF8.self) } ?? ""
    }

    fileprivate func number(_ number: UInt32) -> UInt64 {
        var value: UInt64 = 0
        each(number) { cursor throws(WireError) in value = try cursor.varint() }
        return value
    }
}
