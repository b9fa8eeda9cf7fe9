import CountertopClient

/// One step of the sample round.
struct SampleStep: Sendable {
    enum Doing: Sendable {
        case scan(SampleCode, expecting: ResolutionKind, Attachment)
        case open(String)
        case replace(String)
        case close(String)
    }

    let words: String
    let doing: Doing

    static let all: [SampleStep] = [
        SampleStep("A customer holds up a card before the sale begins", .scan(.card, expecting: .customer, .held)),
        SampleStep("The cashier opens a basket", .open("1001")),
        SampleStep("An article is scanned", .scan(.product, expecting: .product, .none)),
        SampleStep("The same article once more", .scan(.product, expecting: .product, .none)),
        SampleStep("A code that nobody knows", .scan(.unknown, expecting: .unknown, .none)),
        SampleStep("The customer's phone number", .scan(.phone, expecting: .customer, .already)),
        SampleStep("Another customer's card", .scan(.otherCard, expecting: .customer, .confirmReplace)),
        SampleStep("The cashier asks, and replaces the first", .replace("1001")),
        SampleStep("The sale is paid", .close("1001")),
    ]

    private init(_ words: String, _ doing: Doing) {
        self.words = words
        self.doing = doing
    }
}
