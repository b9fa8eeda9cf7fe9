/// International bank account numbers (ISO 13616): the remainder by 97 is 1, with the first four characters moved to the
/// end and letters counted from 10.
enum IBAN {
    static func holds(_ value: ArraySlice<UInt8>) -> Bool {
        guard 11...34 ~= value.count, CountryCode.isLetters(value.prefix(2)) else { return false }
        var remainder = 0
        for byte in value.dropFirst(4) + value.prefix(4) {
            switch byte {
            case 0x30...0x39: remainder = (remainder * 10 + byte.digit) % 97
            case 0x41...0x5A: remainder = (remainder * 100 + Int(byte) - 0x41 + 10) % 97
            default: return false
            }
        }
        return remainder == 1
    }
}
