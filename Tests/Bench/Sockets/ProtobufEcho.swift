import CCountertopProtos
import CProtobufC
import NIOCore

/// What protobuf-c alone costs a call: the frame and the request are unpacked, the answer and its frame are packed, and
/// nothing is checked, looked up or kept.
final class ProtobufEcho {
    private let resolution: UnsafeMutablePointer<Countertop__V1__Resolution>
    private let capacity: Int
    private let body: UnsafeMutablePointer<UInt8>

    /// - Parameter answer: a frame with a Resolution, without its length.
    init(answer: [UInt8]) throws {
        capacity = answer.count
        guard let frame = countertop__v1__frame__unpack(nil, answer.count, answer), let message = frame.pointee.message,
            let resolution = countertop__v1__resolution__unpack(
                nil, message.pointee.body.len, message.pointee.body.data)
        else { throw BenchError("The sample answer is not the edge's.") }
        countertop__v1__frame__free_unpacked(frame, nil)
        self.resolution = resolution
        body = .allocate(capacity: capacity)
    }

    deinit {
        countertop__v1__resolution__free_unpacked(resolution, nil)
        body.deallocate()
    }

    /// Answers a frame.
    func answer(_ request: UnsafeRawBufferPointer, into out: inout ByteBuffer) {
        let bytes = request.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let asked = countertop__v1__frame__unpack(nil, request.count, bytes) else { return }
        defer { countertop__v1__frame__free_unpacked(asked, nil) }
        guard let call = asked.pointee.request,
            let query = countertop__v1__resolve_request__unpack(nil, call.pointee.body.len, call.pointee.body.data)
        else { return }
        countertop__v1__resolve_request__free_unpacked(query, nil)
        var message = Countertop__V1__Message()
        countertop__v1__message__init(&message)
        message.body = ProtobufCBinaryData(len: countertop__v1__resolution__pack(resolution, body), data: body)
        message.last = 1
        withUnsafeMutablePointer(to: &message) { message in
            var frame = Countertop__V1__Frame()
            countertop__v1__frame__init(&frame)
            frame.stream = asked.pointee.stream
            frame.kind_case = COUNTERTOP__V1__FRAME__KIND_MESSAGE
            frame.message = message
            out.writeInteger(UInt32(countertop__v1__frame__get_packed_size(&frame)))
            _ = out.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity + 16) { memory in
                countertop__v1__frame__pack(&frame, memory.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
        }
    }
}
