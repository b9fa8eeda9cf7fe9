@testable import Devices

/// Descriptors that are nearly right, and some that are not at all.
enum HIDMutation {
    static func descriptor(using source: inout HIDRandomSource) -> [UInt8] {
        if Int.random(in: 0..<8, using: &source) == 0 { return noise(using: &source) }
        var bytes = HIDFixtures.all.randomElement(using: &source) ?? []
        for _ in 0..<Int.random(in: 1...6, using: &source) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &source)
            switch Int.random(in: 0..<5, using: &source) {
            case 0: bytes[place] = .random(in: 0...255, using: &source)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &source)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(.random(in: 0...255, using: &source), at: place)
            default:
                let end = Int.random(in: place..<bytes.count, using: &source)
                bytes.insert(contentsOf: bytes[place...end], at: place)
            }
        }
        return bytes
    }

    static func noise(using source: inout HIDRandomSource) -> [UInt8] {
        (0..<Int.random(in: 0...200, using: &source)).map { _ in .random(in: 0...255, using: &source) }
    }
}
