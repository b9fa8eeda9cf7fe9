@testable import Devices

/// Descriptors and reports of keyboards that are nearly right.
enum WedgeMutation {
    static func input(_ descriptors: [[UInt8]], using source: inout HIDRandomSource) -> [UInt8] {
        var descriptor = descriptors.randomElement(using: &source) ?? []
        for _ in 0..<Int.random(in: 0...3, using: &source) {
            descriptor[Int.random(in: 0..<descriptor.count, using: &source)] = .random(in: 0...255, using: &source)
        }
        let reports = (0..<Int.random(in: 1...60, using: &source)).map { _ in report(using: &source) }
        return [.random(in: 0...255, using: &source)] + HIDPOSProperties.input(descriptor: descriptor, reports: reports)
    }

    /// Often a boot report with few keys and modifiers, sometimes behind an id, sometimes noise.
    private static func report(using source: inout HIDRandomSource) -> [UInt8] {
        if Int.random(in: 0..<8, using: &source) == 0 { return HIDMutation.noise(using: &source) }
        var keys = (0..<Int.random(in: 0...6, using: &source)).map { _ in UInt8.random(in: 0...0x67, using: &source) }
        keys += [UInt8](repeating: 0, count: 6 - keys.count)
        let modifiers = Bool.random(using: &source) ? 0 : UInt8.random(in: 0...255, using: &source)
        let id = Bool.random(using: &source) ? [UInt8.random(in: 0...3, using: &source)] : []
        return id + [modifiers, 0] + keys
    }
}
