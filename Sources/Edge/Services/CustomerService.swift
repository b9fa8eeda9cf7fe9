import Customers
import Transport
import Wire

/// Answers `countertop.v1.Customers`.
struct CustomerService: Sendable {
    /// How many customers a search gives when the till does not say, and at most.
    static let searchDefault = 10
    static let searchMax = 20
    /// The longest code, identifier or name that is looked for, in bytes.
    static let queryBytesMax = 4_096

    let recogniser: Recogniser
    let search: NameSearch
    let views: CustomerViews
    let audit: AuditLog

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Customers/Resolve") { (request: ResolveRequest, context) throws(Status) in
            let resolution = try service.resolve(request)
            let seen = resolution.customer.map { [$0] } ?? resolution.candidates
            if seen.isEmpty { service.audit.note(context.caller, "Customers/Resolve") }
            for customer in seen { service.audit.note(context.caller, "Customers/Resolve", customer: customer.id) }
            return resolution
        }
        router.unary("countertop.v1.Customers/Get") { (request: GetCustomerRequest, context) throws(Status) in
            let answer = try service.get(request)
            service.audit.note(context.caller, "Customers/Get", customer: request.id)
            return answer
        }
        router.unaryAsync("countertop.v1.Customers/View") {
            (request: ViewCustomerRequest, context) async throws(Status) in
            try service.check(bytes: request.id.utf8.count)
            let view = try await service.views.view(request.id)
            service.audit.note(context.caller, "Customers/View", customer: request.id)
            return view
        }
        router.unaryAsync("countertop.v1.Customers/Search") {
            (request: SearchCustomersRequest, context) async throws(Status) in
            try await service.search(request, by: context.caller)
        }
    }

    private func resolve(_ request: ResolveRequest) throws(Status) -> Wire.Resolution {
        switch request.query {
        case .code(let code):
            guard !code.isEmpty else { throw Status(.argumentInvalid, "The code is empty. Scan or type one.") }
            try check(bytes: code.count)
            let family = LabelFamily.none
            return Wire.Resolution(
                try resolve(LabelCode(data: code, family: family, gtin14: nil)))
        case .identifier(let identifier):
            guard let type = Customers.IdentifierType(identifier.type) else {
                throw Status(.argumentInvalid, "The identifier has a type this edge does not know. Update the edge.")
            }
            try check(bytes: identifier.value.utf8.count)
            let sought = Customers.Identifier(type: type, value: identifier.value)
            return Wire.Resolution(try ask { try $0.resolve(sought) })
        case nil:
            throw Status(.argumentInvalid, "The request holds neither a code nor an identifier.")
        }
    }

    private func get(_ request: GetCustomerRequest) throws(Status) -> Wire.CustomerAnswer {
        let id = request.id
        try check(bytes: id.utf8.count)
        guard let (customer, provenance) = try ask({ try $0.customer(id: id) }) else {
            throw Status(
                .customerUnknown, "The local copy has no customer with that id. It may have been removed or merged.")
        }
        return Wire.CustomerAnswer(customer: Wire.Customer(customer), provenance: Wire.Provenance(provenance))
    }

    private func search(
        _ request: SearchCustomersRequest, by caller: Caller
    ) async throws(Status) -> SearchCustomersAnswer {
        let name = request.name
        try check(bytes: name.utf8.count)
        let limit = request.limit == 0 ? Self.searchDefault : min(Int(request.limit), Self.searchMax)
        let found = try await search.find(name: name, limit: limit, by: caller.id)
        // Whoever searches by name sees people who are not there.
        if found.customers.isEmpty { audit.note(caller, "Customers/Search") }
        for customer in found.customers { audit.note(caller, "Customers/Search", customer: customer.id) }
        return SearchCustomersAnswer(
            customers: found.customers.map { Wire.Customer(inEvent: $0) }, more: found.more,
            provenance: Wire.Provenance(found.provenance))
    }

    private func check(bytes: Int) throws(Status) {
        guard bytes <= Self.queryBytesMax else {
            throw Status(.argumentInvalid, "What is looked for is longer than \(Self.queryBytesMax) bytes.")
        }
    }

    private func resolve(_ code: LabelCode) throws(Status) -> Answer {
        do {
            return try recogniser.resolve(code)
        } catch {
            throw Status(replica: error)
        }
    }

    private func ask<Value: Sendable>(_ question: @Sendable (ReplicaReader) throws -> Value) throws(Status) -> Value {
        do {
            return try recogniser.ask(question)
        } catch {
            throw Status(replica: error)
        }
    }
}

extension Status {
    /// What a till is told when the replica does not answer.
    init(replica error: any Error) {
        let error = error as? CustomersError
        switch error?.code {
        case .searchTooShort: self.init(.argumentInvalid, error?.message ?? "")
        case .recordUnreadable: self.init(.customerUnreadable, error?.message ?? "")
        default:
            self.init(
                .replicaUnreadable,
                "The local copy of the customers cannot be read. Check the edge's disk; scanning goes on.")
        }
    }
}
