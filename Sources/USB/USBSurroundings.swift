import Glibc

/// What the machine makes of a device that is plugged in, read from sysfs and the device's node without opening anything.
package struct USBSurroundings: Sendable, Equatable {
    /// The kernel's power setting: "on", or "auto" when it may send the device to sleep (power/control); `nil` when it cannot
    /// be told.
    package var powerControl: String?
    /// The device's node under /dev/bus/usb; `nil` when it has none.
    package var node: USBNode?
    /// What else leads to the device: ttys and hidraw nodes of its interfaces, as paths.
    package var otherNodes: [String]
    /// Whether the kernel may let it in (authorized); `nil` when it cannot be told.
    package var isAuthorized: Bool?
    /// Whether the kernel has given it a configuration (bConfigurationValue); `nil` when it cannot be told.
    package var isConfigured: Bool?

    /// Surroundings of these facts.
    package init(
        powerControl: String? = nil, node: USBNode? = nil, otherNodes: [String] = [], isAuthorized: Bool? = nil,
        isConfigured: Bool? = nil
    ) {
        self.isAuthorized = isAuthorized
        self.isConfigured = isConfigured
        self.powerControl = powerControl
        self.node = node
        self.otherNodes = otherNodes
    }

    /// The surroundings of a device on this machine; empty for one that is not plugged in any more, or only virtual.
    package init(of device: USBDevice) {
        self.init(of: device, root: "/sys/bus/usb/devices", devices: "/dev")
    }

    init(of device: USBDevice, root: String, devices: String) {
        self.init()
        guard let directory = SysfsDirectory(device.path, root: root) else { return }
        powerControl = directory.powerControl
        node = directory.nodeName.flatMap { USBNode(path: "\(devices)/bus/usb/\($0)") }
        isAuthorized = directory.isAuthorized
        isConfigured = directory.isConfigured
        otherNodes = directory.interfaceNodes.map { "\(devices)/\($0)" }.sorted()
    }
}

/// The file by which programs open a device, and who may.
package struct USBNode: Sendable, Equatable {
    package let path: String
    /// The number of the user who owns it.
    package let owner: UInt32
    /// The number of the group it is given to.
    package let group: UInt32
    /// The permission bits: 0o660.
    package let mode: UInt32

    /// A node of these facts.
    package init(path: String, owner: UInt32, group: UInt32, mode: UInt32) {
        self.path = path
        self.owner = owner
        self.group = group
        self.mode = mode
    }

    /// - Returns: `nil` when there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(path: path, owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o7777)
    }
}
