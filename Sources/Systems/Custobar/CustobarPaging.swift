import Foundation

/// Where a listing of Custobar's goes on: `next_url`, until there is none.
enum CustobarPaging {
    /// Path and query of the next page. The key is for this address alone.
    /// - Parameter base: the address of the first page.
    static func next(_ root: JSONNode, _ reply: SystemReply, base: String) throws(SystemsError) -> String? {
        guard case .text(let text)? = root["next_url"]?.value, !text.isEmpty else { return nil }
        guard let parts = URLComponents(string: text), let own = URLComponents(string: base) else {
            throw reply.broken("Its next_url is no address.")
        }
        guard parts.host == nil || parts.host == own.host && parts.port == own.port && parts.scheme == own.scheme else {
            throw reply.broken("Its next_url leads somewhere else.")
        }
        return parts.percentEncodedPath + "?" + (parts.percentEncodedQuery ?? "")
    }

    static func url(_ place: String, base: String) -> String {
        guard var parts = URLComponents(string: base) else { return base }
        parts.percentEncodedPath = ""
        parts.percentEncodedQuery = nil
        return (parts.string ?? "") + place
    }
}
