/// The entry of libFuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    if let complaint = RowProperties.jsonLinesDoNotDependOnCuts(input) { preconditionFailure(complaint) }
    return 0
}
