import CCountertopProtos

/// What the process takes of its machine.
public struct ProcessStanding: WireMessage {
    public static let schema = WireSchema(countertop__v1__process_standing__init)

    /// Memory that is the process's own, in bytes.
    public var memoryBytes: UInt64 = 0
    /// Its threads.
    public var threads: UInt32 = 0
    /// Files and sockets that are open.
    public var descriptors: UInt32 = 0
    /// Free for the edge on the disk of its state, in bytes.
    public var diskFreeBytes: UInt64 = 0

    public init() {}

    public init(memoryBytes: UInt64 = 0, threads: UInt32 = 0, descriptors: UInt32 = 0, diskFreeBytes: UInt64 = 0) {
        self.memoryBytes = memoryBytes
        self.threads = threads
        self.descriptors = descriptors
        self.diskFreeBytes = diskFreeBytes
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "memory_bytes", &memoryBytes)
        fields.field(2, "threads", &threads)
        fields.field(3, "descriptors", &descriptors)
        fields.field(4, "disk_free_bytes", &diskFreeBytes)
    }
}
