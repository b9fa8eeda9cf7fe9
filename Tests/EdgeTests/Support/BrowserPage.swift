import Credentials
import Crypto
import Foundation
import Transport
import Wire

@testable import Edge

/// A page in a browser, which has a key of its own and no certificate.
final class BrowserPage {
    private let key = P256.Signing.PrivateKey()
    private var address: EdgeAddress
    private let authority: [UInt8]
    private var edge: [UInt8] = []
    private(set) var till = Wire.Till()

    init(_ rig: NetworkRig) throws {
        address = try rig.browserAddress
        authority = try rig.authority
    }

    /// The page, of an edge that has started again.
    func moved(to rig: NetworkRig) throws -> BrowserPage {
        address = try rig.browserAddress
        return self
    }

    /// A connection that has been welcomed, and its nonce.
    func greeted() async throws -> (peer: BrowserPeer, nonce: [UInt8]) {
        let peer = try await BrowserPeer.connect(to: address, authority: authority)
        let answer = try await peer.ask()
        guard answer.hasPrefix("HTTP/1.1 101 ") else { throw RigError(description: answer) }
        try await peer.send(.hello(Hello(versionMin: 1, versionMax: 1, client: "page/1")))
        guard case .welcome(let welcome)? = try await peer.next()?.kind else {
            throw RigError(description: "The edge said no welcome.")
        }
        return (peer, welcome.nonce)
    }

    func pair(code text: String) async throws {
        let code = try PairingCode(text: text)
        let request = Array(key.publicKey.derRepresentation)
        let peer = try await greeted().peer
        let body = PairRequest(kind: .browserKey(request), proof: PairingProof.make(code, request: request)).packed()
        let answer = try PairAnswer(
            packed: try await Self.call("countertop.v1.Pairing/Pair", body, on: peer).get())
        (till, edge) = (answer.till ?? Wire.Till(), code.edge.bytes)
        try await peer.close()
    }

    /// What proves on a connection with this nonce who the page is.
    func proof(_ nonce: [UInt8]) throws -> ProveRequest {
        let signed = Data(Array("countertop proof 1\n".utf8) + edge + nonce)
        return ProveRequest(till: till.id, signature: Array(try key.signature(for: signed).rawRepresentation))
    }

    /// A connection on which the page has proved who it is.
    func proved() async throws -> BrowserPeer {
        let (peer, nonce) = try await greeted()
        _ = try await Self.prove(try proof(nonce), on: peer).get()
        return peer
    }

    static func prove(_ request: ProveRequest, on peer: BrowserPeer) async throws -> Result<[UInt8], RigRefusal> {
        try await call("countertop.v1.Pairing/Prove", request.packed(), on: peer)
    }

    /// Makes a connection's first call.
    static func call(
        _ call: String, _ body: [UInt8], stream: UInt32 = 1, on peer: BrowserPeer
    ) async throws -> Result<[UInt8], RigRefusal> {
        try await peer.send(.request(Request(call: call, body: body)), on: stream)
        switch try await peer.next()?.kind {
        case .message(let message): return .success(message.body)
        case .status(let status): return .failure(RigRefusal(reason: status.reason))
        case let other: throw RigError(description: "The edge answered \(String(describing: other)).")
        }
    }
}

/// Why an edge refused something.
struct RigRefusal: Error, Equatable {
    let reason: String
}

extension NetworkRig {
    /// Where browsers connect.
    var browserAddress: EdgeAddress {
        get throws {
            let addresses = store.edge.addresses.filter { if case .tls = $0 { true } else { false } }
            guard addresses.count == 2 else { throw RigError(description: "The edge serves no browsers.") }
            return addresses[1]
        }
    }

    /// The certificate of the store's authority, as it is installed in browsers.
    var authority: [UInt8] {
        get throws {
            let path = store.configuration.statePath + "/identity/authority.pem"
            return try PEMText.der(String(contentsOfFile: path, encoding: .utf8))
        }
    }
}
