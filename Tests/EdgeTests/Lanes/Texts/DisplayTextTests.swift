import Customers
import Devices
import Testing

@testable import Edge

@Suite("What customer displays say")
struct DisplayTextTests {
    @Test(
        "Every language has every moment, in lines that fit on twenty columns",
        arguments: DisplayLanguage.all.map(\.code))
    func isWhole(code: String) throws {
        let language = try #require(DisplayLanguage.named(code))
        for moment in DisplayMoment.allCases {
            let lines = try #require(language.lines[moment], "\(moment)")
            #expect(lines.count == (moment == .bonuses || moment == .discount ? 1 : 2), "\(moment)")
            for line in lines {
                #expect(DisplayText.strangers(in: line, of: moment).isEmpty, "\(line)")
                #expect(line.contains("{") || line.count <= 20, "\(line)")
            }
        }
    }

    @Test(
        "A customer is greeted by the first name, with bonuses or discount as the language writes them",
        arguments: [("en", "Welcome, Kari!", "Bonuses 12.50"), ("nb", "Velkommen, Kari!", "Bonus 12,50")])
    func greets(code: String, first: String, second: String) throws {
        let text = DisplayText(store: "Storgata", language: try #require(DisplayLanguage.named(code)))
        var customer = Customer.kari
        customer.loyalty.bonusesHundredths = 1250
        #expect(text.greeting(customer) == [first, second])
        #expect(!text.greeting(customer).lines.joined().contains("Nord"))
    }

    @Test("A customer without a first name is welcomed, and one without loyalty sees no second line")
    func welcomes() {
        var customer = Customer.kari
        customer.firstName = ""
        customer.loyalty = Loyalty()
        #expect(DisplayText(store: "Storgata").greeting(customer) == ["Welcome!", ""])
    }

    @Test("A store's own words come before the language's")
    func prefersOwn() {
        let text = DisplayText(store: "Storgata", own: [.idle: ["Hei på", "{store}!"]])
        #expect(text.idle == ["Hei på", "Storgata!"])
        #expect(text.thanks(.kari) == ["Thank you!", "See you soon"])
    }

    @Test("A name in braces that a moment does not have is found")
    func findsStrangers() {
        #expect(DisplayText.strangers(in: "{phone} {store}", of: .greeting) == ["phone"])
        #expect(DisplayText.strangers(in: "{first_name}", of: .idle) == ["first_name"])
        #expect(DisplayText.strangers(in: "{first_name} {loyalty}", of: .greeting) == [])
    }

    private var international: DisplayText {
        var text = DisplayText(store: "Storgata")
        text.greetsInCustomersLanguage = true
        text.ownElsewhere = ["nb": [.greeting: ["Hei, {first_name}!", "{loyalty}"]]]
        return text
    }

    @Test(
        "A customer is greeted in the own language where the store says so and has one, in the store's own words first",
        arguments: [
            ("nb-NO", "Hei, Kari!", "Bonus 12,50"), ("no", "Hei, Kari!", "Bonus 12,50"),
            ("sv", "Välkommen, Kari!", "Bonus 12,50"), ("pl", "Welcome, Kari!", "Bonuses 12.50"),
            ("", "Welcome, Kari!", "Bonuses 12.50"),
        ])
    func speaksToCustomer(tag: String, first: String, second: String) {
        var customer = Customer.kari
        customer.language = tag
        customer.loyalty.bonusesHundredths = 1250
        #expect(international.greeting(customer) == [first, second])
        #expect(DisplayText(store: "Storgata").greeting(customer) == ["Welcome, Kari!", "Bonuses 12.50"])
    }

    @Test("A customer is thanked in the language of the greeting")
    func thanks() {
        var customer = Customer.kari
        customer.language = "de"
        #expect(international.thanks(customer) == ["Vielen Dank!", "Bis bald"])
    }

    @Test("A prompt has the store's address, in the language that is asked for or the store's")
    func prompts() {
        var text = international
        text.enrolmentAddress = "storgata.example/med"
        #expect(text.prompt(.selfEnrolment, language: "sv") == ["Bli medlem själv:", "storgata.example/med"])
        text.enrolmentAddress = "https://storgata.example/medlem/"
        #expect(text.prompt(.selfEnrolment, language: "sv") == ["storgata.example/med", "lem"])
        #expect(text.prompt(.askPhone, language: "xx") == ["Please tell us", "your phone number"])
    }

    @Test("A moment is shown in its style, with the customer's name in its windows, and others are not")
    func isStyled() {
        var text = DisplayText(store: "Storgata")
        text.styles[.greeting] = DisplayStyle(
            effects: DisplayEffects(blinkTime: .milliseconds(500)),
            windows: [DisplayWindow(row: 2, column: 1, rows: 1, columns: 9, lines: ["{first_name}"])])
        let greeting = text.greeting(.kari)
        #expect(greeting.effects.blinkTime == .milliseconds(500) && greeting.windows.first?.lines == ["Kari"])
        #expect(text.idle.effects == DisplayEffects() && text.idle.windows.isEmpty)
    }

    @Test("Braces in a customer's name stay what they are")
    func braces() {
        var customer = Customer.kari
        customer.firstName = "{loyalty}{store}"
        #expect(international.greeting(customer).lines.first == "Hei, {loyalty}{store}!")
    }
}
