import ArgumentParser
import CountertopClient
import Edge

/// Where the key file is, and the edge that works with it.
struct KeyPlace: ParsableArguments {
    @OptionGroup var place: StorePlace

    /// What a running edge did with a key file that was changed.
    enum Telling {
        case taken
        case noEdge
        case refused(String)
    }

    /// Has the running edge take up the key file as it is now: the service manager hands it its key at the start alone.
    func tell(_ configuration: EdgeConfiguration) async throws -> Telling {
        let address = try place.address(configuration)
        guard let address else { return .noEdge }
        let handover = try EdgeKey.handover(at: configuration.keyPath)
        do {
            _ = try await CountertopClient.withConnection(to: address, client: "countertop-cli") { edge in
                try await edge.keys.takeUp(sealedKeyFile: handover)
            }
            return .taken
        } catch {
            guard let error = error as? CountertopError else { throw error }
            return error.reason == "CONNECT_FAILED" ? .noEdge : .refused(error.message)
        }
    }
}
