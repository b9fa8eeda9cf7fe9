import Foundation

/// The icon of a pass whose store gives no images: a white card on blue, as PNG (ISO/IEC 15948). A pass without an icon is
/// refused by Apple Wallet.
enum PassIcon {
    /// 29 pixels wide, and twice and three times as many, by the names that a pass has for them.
    static let images: [(name: String, bytes: [UInt8])] = [
        ("icon.png", bytes(plain)), ("icon@2x.png", bytes(double)), ("icon@3x.png", bytes(triple)),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }

    private static let plain =
        "iVBORw0KGgoAAAANSUhEUgAAAB0AAAAdCAIAAADZ8fBYAAAANUlEQVR42mOQz99EC8Qwau6oufQ29z/FYNRcfObKW8VTiuhq7mi8"
        + "jZo7pPPbaLk+ai5tzAUAE4zPFGqFXPcAAAAASUVORK5CYII="
    private static let double =
        "iVBORw0KGgoAAAANSUhEUgAAADoAAAA6CAIAAABu2d1/AAAAXUlEQVR42u3YMQ0AIAwAQZzUB2aQgDcMggEWYAFyzQu4qUmboraH"
        + "Sri4uLi4uLi4uLjn3H7H4OLi4u5zI5crwsX9nGuR4eLi4uLi4uLirt1qXnq4uLi4uLi4uLjzBrFRr6kHXDVmAAAAAElFTkSuQmCC"
    private static let triple =
        "iVBORw0KGgoAAAANSUhEUgAAAFcAAABXCAIAAAD+qk47AAAAlklEQVR42u3aQQ0AIAwEQZzUB2aQgDcMggeSQtJMswrmdY+2mEsN"
        + "AQUKFChQoECBAgUKFChQoECBAgUKFChQ+KawSxwFChQoUKBAgQIFCq8Uoo8KUaBAgQIFChQSFawmChQoUKBAgQIFChQoUKBAgQIF"
        + "ChQoUKBAIVPBBzAFChQoUKBAgQIFChQoUKBAgQIFChQoULjrAFGJHHIfGs7oAAAAAElFTkSuQmCC"
}
