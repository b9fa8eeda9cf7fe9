/// Where the characters are on a US keyboard (HID Usage Tables, section 10).
enum USKeyboard {
    static let plain = Array("abcdefghijklmnopqrstuvwxyz1234567890 -=[]\\;'`,./")
    static let shifted = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\0_+{}|:\"~<>?")
    static let usages = Array(UInt8(0x04)...0x27) + Array(0x2C...0x31) + Array(0x33...0x38)
}
