/// Why a measurement could not be made.
struct BenchError: Error, CustomStringConvertible {
    let message: String
    let cause: String?

    init(_ message: String, cause: String? = nil) {
        self.message = message
        self.cause = cause
    }

    var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
