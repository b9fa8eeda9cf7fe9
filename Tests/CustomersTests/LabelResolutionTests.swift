import Testing

@testable import Customers

@Suite("What a code is")
struct LabelResolutionTests {
    let bench: ReplicaBench
    let replica: Replica
    let reader: ReplicaReader

    init() throws {
        bench = try ReplicaBench()
        replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        reader = try replica.makeReader()
    }

    private func add(_ key: String, _ identifiers: Identifier...) throws {
        let record = CustomerRecord(
            key: key, name: "Customer \(key)", identifiers: identifiers, changedAt: ReplicaBench.noon)
        let applied = try replica.apply(ReplicaBench.page([record]))
        #expect(applied.findings.isEmpty)
        reader.releaseRead()
    }

    private func scan(_ text: String, _ family: LabelFamily, gtin14: String? = nil) throws -> Resolution {
        try reader.resolve(LabelCode(data: Array(text.utf8), family: family, gtin14: gtin14)).resolution
    }

    @Test("A card is found by its exact characters, and its case counts")
    func findsCards() throws {
        #expect(try scan("QR-aB3", .other).names == ["Ola Ås"])
        #expect(try scan("QR-ab3", .other) == .unknown)
        #expect(try scan("QR-aB3 ", .other) == .unknown)
        guard case .customer(_, .linkedCard) = try scan("LIB-9", .other) else {
            Issue.record("not the linked card")
            return
        }
    }

    @Test("A card that is printed as UPC or EAN is found in every length it is read in")
    func findsPrintedCards() throws {
        try add("1", Identifier(type: .customerCard, value: "036000291452"))
        try add("2", Identifier(type: .linkedCard, value: "5901234123457"))
        #expect(try scan("0036000291452", .eanUPC, gtin14: "00036000291452").names == ["Customer 1"])
        #expect(try scan("036000291452", .eanUPC).names == ["Customer 1"])
        #expect(try scan("00036000291452", .none).names == ["Customer 1"])
        guard case .customer(let customer, .linkedCard) = try scan("05901234123457", .other) else {
            Issue.record("not the linked card")
            return
        }
        #expect(customer.name == "Customer 2")
        // The same digits in element strings are a product's.
        #expect(try scan("0105901234123457", .gs1) == .product(gtin14: "05901234123457"))
    }

    @Test("A phone number is found however it is typed, and two who share it are both named")
    func findsPhones() throws {
        for typed in ["41234567", "412 34 567", "+47 412 34 567", "0047 41234567", "4741234567", "tel:+47-41-23-45-67"]
        {
            guard case .ambiguous(let customers, .phone) = try scan(typed, .none) else {
                Issue.record("\(typed) is not ambiguous")
                continue
            }
            #expect(customers.map(\.name) == ["Kari Nordås", "Ola Ås"])
        }
        #expect(try scan("41234567", .eanUPC) == .unknown)
    }

    @Test("An e-mail address is found in any case and with space around it")
    func findsEmails() throws {
        for typed in ["kari.nordas@example.no", " KARI.NORDAS@EXAMPLE.NO\t", "Kari.Nordas@Example.no"] {
            #expect(try scan(typed, .none).names == ["Kari Nordås"])
        }
        for typed in ["kari.nordas@@example.no", "@example.no", "kari nordas@example.no", "@"] {
            #expect(try scan(typed, .none) == .unknown)
        }
    }

    @Test("The customer's own card goes before a phone, and a phone before a linked card")
    func keepsTheOrder() throws {
        try add("1", Identifier(type: .linkedCard, value: "91234567"))
        try add("2", Identifier(type: .phone, value: "+4791234567"))
        #expect(try scan("91234567", .none).names == ["Customer 2"])
        try add("3", Identifier(type: .customerCard, value: "91234567"))
        #expect(try scan("91234567", .none).names == ["Customer 3"])
        let typed = try reader.resolve(Identifier(type: .linkedCard, value: "91234567")).resolution
        #expect(typed.names == ["Customer 1"])
    }

    @Test("A number in a system outside is found when it is asked for, and not by a scan")
    func findsExternalIDs() throws {
        #expect(try reader.resolve(Identifier(type: .externalID, value: "77")).resolution.names == ["Kari Nordås"])
        #expect(try scan("77", .none) == .unknown)
    }

    @Test("An identifier in the replica goes before a product")
    func prefersCustomers() throws {
        #expect(try scan("4006381333931", .eanUPC) == .product(gtin14: "04006381333931"))
        try add("1", Identifier(type: .customerCard, value: "4006381333931"))
        #expect(try scan("4006381333931", .eanUPC).names == ["Customer 1"])
    }

    @Test(
        "A product is known by its GTIN, however it comes",
        arguments: [
            ("4006381333931", LabelFamily.eanUPC, "04006381333931"), ("4006381333931", .none, "04006381333931"),
            ("96385074", .eanUPC, "00000096385074"), ("036000291452", .none, "00036000291452"),
            ("10614141000415", .none, "10614141000415"), ("0109506000134352", .gs1, "09506000134352"),
            ("17141120\u{1D}0109506000134352", .gs1, "09506000134352"),
            ("10ABC123\u{1D}0109506000134352", .gs1, "09506000134352"),
            ("\u{1D}010950600013435210ABC", .other, "09506000134352"),
            ("https://id.gs1.org/01/09506000134352/10/ABC?17=141120", .other, "09506000134352"),
            ("HTTPS://example.com/some/01/4006381333931", .none, "04006381333931"),
        ])
    func findsProducts(text: String, family: LabelFamily, gtin: String) throws {
        #expect(try scan(text, family) == .product(gtin14: gtin))
    }

    @Test(
        "What is no product is unknown",
        arguments: [
            ("4006381333932", LabelFamily.eanUPC), ("2000087654328", .eanUPC), ("0212345678909", .eanUPC),
            ("0412345678907", .eanUPC), ("4006381333931", .other), ("0209506000134352", .gs1), ("01095060", .gs1),
            ("https://example.com/02/4006381333931", .other), ("https://user@id.gs1.org/01/09506000134352", .other),
            ("01", .gs1), ("\u{1D}", .other), ("", .none), ("🧾", .other), ("12345670", .none),
        ])
    func knowsNoProduct(text: String, family: LabelFamily) throws {
        let expected: Resolution = text == "12345670" ? .product(gtin14: "00000012345670") : .unknown
        #expect(try scan(text, family) == expected)
    }

    @Test("A UPC-E's product is the one the decoder computed")
    func takesTheDecodersNumber() throws {
        #expect(try scan("04252614", .eanUPC, gtin14: "00042100005264") == .product(gtin14: "00042100005264"))
    }

    @Test("A personal code of Vipps with a token waits for Vipps; one with a number is looked up here")
    func knowsVipps() throws {
        #expect(try scan("https://qr.vipps.no/p/AbC-123", .other) == .pending(.vippsPersonalQR))
        guard
            case .ambiguous(let customers, .vippsPersonalQR) = try scan(
                "https://qr.vipps.no/28/2/01/031/4741234567?v=1", .other)
        else {
            Issue.record("not found")
            return
        }
        #expect(customers.count == 2)
        let typed = Identifier(type: .vippsPersonalQR, value: "https://qr.vipps.no/28/2/01/031/4741234567?v=1")
        #expect(try reader.resolve(typed).resolution.names.count == 2)
        for other in [
            "https://qr.vipps.no/28/2/01/031/4799999999?v=1", "https://qr.vipps.no/28/2/05/031/4741234567?v=1",
            "https://qr.vipps.no/28/2/01/031/4741234567", "https://qr.vipps.no/callback/x", "https://qr.vipps.no/p/",
            "https://qr.vipps.no.example.com/p/AbC", "https://example.com@qr.vipps.no/p/AbC", "https://qr.vipps.no",
        ] {
            #expect(try scan(other, .other) == .unknown, "\(other)")
        }
    }

    @Test("Random and mutated bytes are answered, whatever they are")
    func survivesAnything() throws {
        var random = SeededRandom(seed: 90)
        let seeds = [
            "2000012345678", "%B4111111111111111^KARI^2912101?", "https://qr.vipps.no/p/AbC", "\u{1D}0109506000134352",
            "https://id.gs1.org/01/09506000134352", "+47 412 34 567", "kari.nordas@example.no", "17141120",
        ].map { Array($0.utf8) }
        for round in 0..<4_000 {
            var data = seeds.randomElement(using: &random) ?? []
            if round.isMultiple(of: 3) {
                data = (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
                }
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) where !data.isEmpty {
                let place = Int.random(in: 0..<data.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: data[place] = UInt8.random(in: 0...255, using: &random)
                case 1: data.remove(at: place)
                default: data.insert(data[place], at: place)
                }
            }
            let family = LabelFamily.allCases.randomElement(using: &random) ?? .none
            _ = try reader.resolve(LabelCode(data: data, family: family))
        }
        let long = [UInt8](repeating: UInt8(ascii: "1"), count: CustomersLimits.codeBytesMax + 1)
        #expect(try reader.resolve(LabelCode(data: long, family: .none)).resolution == .unknown)
    }
}
