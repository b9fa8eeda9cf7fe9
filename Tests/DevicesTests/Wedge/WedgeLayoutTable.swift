import Testing

/// What is printed on the keys of a layout, row by row from the left, dead keys as their accents. Written down from
/// keyboards, so that the tests do not ask xkb-data about itself.
struct WedgeLayoutTable: Sendable, CustomTestStringConvertible {
    let layout: String
    /// The row of digits and the two keys behind it, the row of Q, the row of A, the row of Z without the key beside Shift.
    let rows: [String]
    /// The row of digits with Shift.
    let shifted: String
    var testDescription: String { layout }

    static let usages: [[UInt8]] = [
        Array(0x1E...0x27) + [0x2D, 0x2E],
        [0x14, 0x1A, 0x08, 0x15, 0x17, 0x1C, 0x18, 0x0C, 0x12, 0x13, 0x2F, 0x30],
        [0x04, 0x16, 0x07, 0x09, 0x0A, 0x0B, 0x0D, 0x0E, 0x0F, 0x33, 0x34, 0x32],
        [0x1D, 0x1B, 0x06, 0x19, 0x05, 0x11, 0x10, 0x36, 0x37, 0x38],
    ]

    private init(_ layout: String, _ rows: [String], shifted: String) {
        self.layout = layout
        self.rows = rows
        self.shifted = shifted
    }

    static let all = [
        WedgeLayoutTable(
            "us", ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "zxcvbnm,./"], shifted: "!@#$%^&*()_+"),
        WedgeLayoutTable(
            "gb", ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "zxcvbnm,./"], shifted: "!\"£$%^&*()_+"),
        WedgeLayoutTable(
            "de", ["1234567890ß´", "qwertzuiopü+", "asdfghjklöä#", "yxcvbnm,.-"], shifted: "!\"§$%&/()=?`"),
        WedgeLayoutTable(
            "ch", ["1234567890'^", "qwertzuiopü¨", "asdfghjklöä$", "yxcvbnm,.-"], shifted: "+\"*ç%&/()=?`"),
        WedgeLayoutTable(
            "fr", ["&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "wxcvbn,;:!"], shifted: "1234567890°+"),
        WedgeLayoutTable(
            "be", ["&é\"'(§è!çà)-", "azertyuiop^$", "qsdfghjklmùµ", "wxcvbn,;:="], shifted: "1234567890°_"),
        WedgeLayoutTable(
            "fi", ["1234567890+´", "qwertyuiopå¨", "asdfghjklöä'", "zxcvbnm,.-"], shifted: "!\"#¤%&/()=?`"),
        WedgeLayoutTable(
            "se", ["1234567890+´", "qwertyuiopå¨", "asdfghjklöä'", "zxcvbnm,.-"], shifted: "!\"#¤%&/()=?`"),
        WedgeLayoutTable(
            "no", ["1234567890+\\", "qwertyuiopå¨", "asdfghjkløæ'", "zxcvbnm,.-"], shifted: "!\"#¤%&/()=?`"),
        WedgeLayoutTable(
            "dk", ["1234567890+´", "qwertyuiopå¨", "asdfghjklæø'", "zxcvbnm,.-"], shifted: "!\"#¤%&/()=?`"),
        WedgeLayoutTable(
            "cz", ["+ěščřžýáíé=´", "qwertzuiopú)", "asdfghjklů§¨", "yxcvbnm,.-"], shifted: "1234567890%ˇ"),
        WedgeLayoutTable(
            "es", ["1234567890'¡", "qwertyuiop`+", "asdfghjklñ´ç", "zxcvbnm,.-"], shifted: "!\"·$%&/()=?¿"),
        WedgeLayoutTable(
            "it", ["1234567890'ì", "qwertyuiopè+", "asdfghjklòàù", "zxcvbnm,.-"], shifted: "!\"£$%&/()=?^"),
        WedgeLayoutTable(
            "pt", ["1234567890'«", "qwertyuiop+´", "asdfghjklçº~", "zxcvbnm,.-"], shifted: "!\"#$%&/()=?»"),
        WedgeLayoutTable(
            "nl", ["1234567890/°", "qwertyuiop¨*", "asdfghjkl+´<", "zxcvbnm,.-"], shifted: "!\"#$%&_()'?~"),
        WedgeLayoutTable(
            "pl", ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "zxcvbnm,./"], shifted: "!@#$%^&*()_+"),
        WedgeLayoutTable(
            "hu", ["123456789öüó", "qwertzuiopőú", "asdfghjkléáű", "yxcvbnm,.-"], shifted: "'\"+!%/=()ÖÜÓ"),
        WedgeLayoutTable(
            "tr", ["1234567890*-", "qwertyuıopğü", "asdfghjklşi,", "zxcvbnmöç."], shifted: "!'^+%&/()=?_"),
        WedgeLayoutTable(
            "ru", ["1234567890-=", "йцукенгшщзхъ", "фывапролджэ\\", "ячсмитьбю."], shifted: "!\"№;%:?*()_+"),
        WedgeLayoutTable(
            "ua", ["1234567890-=", "йцукенгшщзхї", "фівапролджєґ", "ячсмитьбю."], shifted: "!\"№;%:?*()_+"),
    ]
}
