package import Foundation
package import USB

/// A label that a scanner read.
package struct DeviceScan: Sendable, Equatable {
    package let path: USBPath
    /// The interface that it came from.
    package let interface: UInt8
    package let label: Label
    /// The AIM identifier as the scanner sent it, "]E0"; empty when it sent none.
    package let aim: String
    package let readAt: Date

    package init(path: USBPath, interface: UInt8, label: Label, aim: String, readAt: Date) {
        self.path = path
        self.interface = interface
        self.label = label
        self.aim = aim
        self.readAt = readAt
    }
}
