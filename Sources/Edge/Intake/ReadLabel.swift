import Devices
import Foundation
import USB

/// A label on its way in: read by a scanner of a lane, or typed into the lane.
struct ReadLabel: Sendable {
    /// What stands for the device when a till typed the code.
    static let typedDevice = "typed"

    let lane: String
    let label: Label
    /// The AIM identifier as the scanner sent it, empty when it sent none.
    let aim: String
    /// The device's port path, or ``typedDevice``.
    let device: String
    let readAt: Date

    init(_ scan: DeviceScan, lane: String) {
        self.lane = lane
        label = scan.label
        aim = scan.aim
        device = scan.path.description
        readAt = scan.readAt
    }

    init(typed data: [UInt8], lane: String, at now: Date = Date()) {
        self.lane = lane
        label = Label(data: data, aim: nil)
        aim = ""
        device = Self.typedDevice
        readAt = now
    }
}
