import Glibc
import Testing
import Transport
import Wire

@testable import Edge

@Suite struct LocalUsersTests {
    private let users = LocalUsers(ownUser: 500, administratorGroup: 60, tillGroup: 61)

    private func words(_ user: UInt32, _ groups: [UInt32], _ users: LocalUsers? = nil) -> String {
        switch (users ?? self.users).caller(PeerCredentials(user: user, groups: groups)) {
        case .success(let caller): "\(caller.role) \(caller.id)"
        case .failure(let status): status.reason
        }
    }

    @Test("Root and the edge's own user administer, and so do the members of one group; those of the other are tills")
    func groups() {
        #expect(words(0, [0]) == "administrator uid-0")
        #expect(words(500, [500]) == "administrator uid-500")
        #expect(words(1_000, [1_000, 60]) == "administrator uid-1000")
        #expect(words(1_000, [1_000, 61, 60]) == "administrator uid-1000")
        #expect(words(1_000, [1_000, 61]) == "till uid-1000")
        #expect(words(1_000, [1_000]) == "LOCAL_USER_UNKNOWN")
    }

    @Test("On a machine without the groups nobody is in them")
    func noGroups() {
        let bare = LocalUsers(ownUser: 500, administratorGroup: nil, tillGroup: nil)
        #expect(words(1_000, [1_000, 60, 61], bare) == "LOCAL_USER_UNKNOWN")
        #expect(words(0, [], bare) == "administrator uid-0")
    }
}
