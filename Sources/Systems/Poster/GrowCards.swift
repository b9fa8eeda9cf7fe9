/// GrowCards' public interface (docs.growcards.ru/developers/api-methods, "Passes API v2"): it lists passes, of which each names
/// its template. How cards are made there is not public: the cards are Countertop's own.
struct GrowCards: Sendable {
    private let client: SystemClient
    private let base: String
    private let keyPlace: String
    private let credentials: CredentialFiles
    private let templates: [String]

    init(_ poster: PosterConnector) {
        // Its failures are its own: they say nothing of Poster.
        client = SystemClient(
            name: "\(poster.client.name) (GrowCards)", caller: poster.tools.caller, now: poster.tools.now)
        base = poster.settings.text("growcards.url")
        keyPlace = poster.settings.text("growcards.key")
        credentials = poster.tools.credentials
        templates = poster.settings.table("templates").keys.sorted()
    }

    /// Sees whether it takes the key and has cards of each template.
    func check() async throws(SystemsError) -> String {
        var without: [String] = []
        for template in templates {
            let key = try credentials.read(keyPlace)
            let url = URLText.join(base, "passes", query: [("limit", "1"), ("page", "1"), ("template", template)])
            let reply = try await client.send(
                SystemCall(.get, url, headers: [("Accept", "application/json"), ("X-SECRET-KEY", key.text)]))
            guard case .list(let passes)? = try reply.json()["data"]?.value else {
                throw reply.broken("It has no data.")
            }
            if passes.isEmpty { without.append(template) }
        }
        guard without.isEmpty else {
            return
                "GrowCards takes the key, and has no card of template \(without.joined(separator: ", ")): has it been made?"
        }
        return "GrowCards takes the key and has cards of every template."
    }
}
