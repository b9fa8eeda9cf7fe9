import CCountertopProtos

/// The `.proto` files this program was built from.
package enum ServedFiles {
    /// A packed google.protobuf.FileDescriptorSet of all of them, each after those it imports.
    package static var packed: [UInt8] {
        var count = 0
        let bytes = countertop_file_descriptor_set(&count)
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
