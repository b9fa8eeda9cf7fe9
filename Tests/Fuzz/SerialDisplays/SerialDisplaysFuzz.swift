/// The entry of libFuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    if let complaint = DisplayProperties.serialHolds(Array(UnsafeBufferPointer(start: data, count: count))) {
        preconditionFailure(complaint)
    }
    return 0
}
