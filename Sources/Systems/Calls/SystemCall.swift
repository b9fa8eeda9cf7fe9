/// A request to a system outside.
package struct SystemCall: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// The whole address, its query included. It is in no message and no log.
    package var url: String
    package var headers: [(String, String)]
    package var body: [UInt8]
    /// Whether asking twice does no more than asking once.
    package var isSafe: Bool
    /// Statuses beside 200 to 299 whose answer is the caller's to read.
    package var expected: Set<Int>
    /// The time for the whole answer, further tries included.
    package var deadline: Duration
    /// Further tries of a safe call.
    package var retriesMax: Int
    /// Bytes of an answer.
    package var answerBytesMax: Int

    /// - Parameter isSafe: by default what RFC 9110, section 9.2.2, says of the method.
    package init(
        _ method: Method, _ url: String, headers: [(String, String)] = [], body: [UInt8] = [], isSafe: Bool? = nil,
        expected: Set<Int> = [], deadline: Duration = SystemCallLimits.deadline, retriesMax: Int = 0,
        answerBytesMax: Int = SystemCallLimits.answerBytesMax
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.isSafe = isSafe ?? (method == .get || method == .put || method == .delete)
        self.expected = expected
        self.deadline = deadline
        self.retriesMax = retriesMax
        self.answerBytesMax = answerBytesMax
    }

    /// `application/x-www-form-urlencoded` (https://url.spec.whatwg.org/#concept-urlencoded-serializer), as OAuth has it.
    package mutating func setForm(_ fields: [(String, String)]) {
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        body = Array(URLText.query(fields).utf8)
    }

    /// `multipart/form-data` (RFC 7578), of texts alone.
    package mutating func setMultipart(_ fields: [(String, String)]) {
        // Letters that no field's text can hold by chance.
        let boundary = (0..<32).map { _ in String("0123456789abcdef".randomElement() ?? "0") }.joined()
        headers.append(("Content-Type", "multipart/form-data; boundary=\(boundary)"))
        var text = ""
        for (name, value) in fields {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body = Array((text + "--\(boundary)--\r\n").utf8)
    }

    package mutating func setJSON(_ value: JSONText) {
        headers.append(("Content-Type", "application/json"))
        body = Array(value.text.utf8)
    }
}
