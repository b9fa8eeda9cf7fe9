import Glibc
import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Transport

@Suite struct ListenerSecurityTests {
    /// Strangers have as much time as a loaded machine needs.
    private static var patient: TransportLimits {
        var limits = TransportLimits()
        limits.strangerWait = .seconds(600)
        return limits
    }

    @Test("A Unix socket that asks for users may be connected to by all, and hears from the kernel who it is")
    func peerCredentials() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/edge.sock"
        let seen = Witness<PeerCredentials>()
        let security = ListenerSecurity.peerCredentials { credentials in
            seen.note(credentials)
            return .failure(Status(.identityNeeded, "Nobody may."))
        }
        try await EdgeRig.with(.unix(path: path), security: security) { edge in
            var status = stat()
            lstat(path, &status)
            #expect(status.st_mode & 0o777 == 0o666)
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await peer.nextInWords() == "0 status IDENTITY_NEEDED")
            #expect(await peer.nextInWords() == "closed")
            let credentials = await seen.first { _ in true }
            #expect(credentials.user == geteuid())
            #expect(credentials.groups.first == getegid())
            var groups = [gid_t](repeating: 0, count: 1_024)
            let count = max(0, Int(getgroups(Int32(groups.count), &groups)))
            if count <= 64 { #expect(Set(groups.prefix(count)).subtracting([0]).isSubset(of: credentials.groups)) }
        }
    }

    @Test("A connection that proves nothing is told its small limits, and a nonce to sign")
    func strangers() async throws {
        try await EdgeRig.with(security: .open(.stranger), limits: Self.patient) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            try await peer.send(.hello(Hello(versionMin: 1, versionMax: 1, client: "test/1")))
            guard case .welcome(let welcome)? = await peer.next()?.kind else {
                Issue.record("no welcome")
                return
            }
            #expect(welcome.limits?.streamsMax == 1)
            #expect(welcome.limits?.frameBytesMax == 4_096)
            #expect(welcome.nonce.count == 32)
        }
    }

    @Test("A connection that proves nothing in its time is told so, and ended")
    func late() async throws {
        var limits = TransportLimits()
        limits.strangerWait = .milliseconds(1)
        try await EdgeRig.with(security: .open(.stranger), limits: limits) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await peer.nextInWords() == "0 status IDENTITY_LATE")
            #expect(await peer.nextInWords() == "closed")
        }
    }

    @Test("A stranger's frame of more than 4 KiB ends its connection, as does a second stream its stream")
    func strangerLimits() async throws {
        try await EdgeRig.with(security: .open(.stranger), limits: Self.patient) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo")
            #expect(await peer.nextInWords() == "1 status IDENTITY_NEEDED")
            try await peer.send(bytes: [0, 0, 0x10, 1])
            #expect(await peer.nextInWords() == "0 goodbye 1 FRAME_TOO_LONG")
            #expect(await peer.nextInWords() == "0 status FRAME_TOO_LONG")
        }
    }

    @Test("Of strangers there are only so many: the oldest gives way, and is told why")
    func strangersMax() async throws {
        var limits = Self.patient
        limits.strangersMax = 2
        try await EdgeRig.with(security: .open(.stranger), limits: limits) { edge in
            let first = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let second = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let third = try await RawPeer.greeted(by: edge.address, on: edge.group)
            #expect(await first.nextInWords() == "0 goodbye 0 GAVE_WAY")
            #expect(await first.nextInWords() == "0 status GAVE_WAY")
            for peer in [second, third] {
                try await peer.request(1, "test/Echo")
                #expect(await peer.nextInWords() == "1 status IDENTITY_NEEDED")
            }
        }
    }

    @Test("Nonces of connections have nothing to do with each other")
    func nonces() async throws {
        try await EdgeRig.with(security: .open(.stranger), limits: Self.patient) { edge in
            var nonces: Set<[UInt8]> = []
            for _ in 0..<8 {
                let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
                try await peer.send(.hello(Hello(versionMin: 1, versionMax: 1)))
                if case .welcome(let welcome)? = await peer.next()?.kind { nonces.insert(welcome.nonce) }
                try await peer.close()
            }
            #expect(nonces.count == 8)
        }
    }
}
