extension CustobarConnector: ArticleSource {
    package var articleSchedule: FeedSchedule? {
        settings.optionalText("products.schedule") == nil ? nil : settings.schedule("products.schedule")
    }

    package func articles(at place: String?) async throws(SystemsError) -> (numbers: [String], next: String?) {
        let field = settings.text("products.field")
        let first = URLText.join(
            api.base, settings.text("paths.products"),
            query: [("limit", "\(CustobarLimits.pageRows)"), ("fields", field)])
        let reply = try await api.get(
            place.map { CustobarPaging.url($0, base: first) } ?? first, deadline: .seconds(60))
        let root = try reply.json()
        guard case .list(let products)? = root["products"]?.value else { throw reply.broken("It has no products.") }
        let next = try CustobarPaging.next(root, reply, base: first)
        guard next == nil || next != place else { throw reply.broken("It gives the same next_url again.") }
        return (products.compactMap { $0[FieldPath(field)]?.plainText }, next)
    }
}
