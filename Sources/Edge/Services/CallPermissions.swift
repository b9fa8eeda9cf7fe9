import Transport
import Wire

/// Who may make which call.
enum CallPermissions {
    /// The roles that may make a call, beside administrators, who may make every one.
    struct Need: Sendable, Equatable {
        let roles: Set<Caller.Role>
        /// Roles that may make it for every lane, whatever their own lane is.
        var everyLane: Set<Caller.Role> = []
    }

    /// The table. A call that is not in it is an administrator's.
    static let needs: [String: Need] = [
        "Benefits/List": Need(roles: [.till]),
        "Benefits/Redeem": Need(roles: [.till]),
        "Benefits/Release": Need(roles: [.till]),
        "Benefits/Reserve": Need(roles: [.till]),
        "Changes/ChangeBonuses": Need(roles: [.till]),
        "Changes/Correct": Need(roles: [.till]),
        "Changes/Get": Need(roles: [.till]),
        "Changes/Join": Need(roles: [.till]),
        "Changes/LinkCard": Need(roles: [.till]),
        "Changes/SetPermission": Need(roles: [.till]),
        "Cards/Get": Need(roles: [.till]),
        "Cards/Issue": Need(roles: [.till]),
        "Cards/List": Need(roles: [.till]),
        "Cards/Print": Need(roles: [.till]),
        "Cards/Replace": Need(roles: [.till]),
        "Cards/Revoke": Need(roles: [.till]),
        "Cards/Send": Need(roles: [.till]),
        "Cards/Watch": Need(roles: [.till]),
        "Customers/Get": Need(roles: [.till]),
        "Customers/Resolve": Need(roles: [.till]),
        "Customers/Search": Need(roles: [.till]),
        "Customers/View": Need(roles: [.till]),
        "Devices/Capture": Need(roles: []),
        "Devices/Descriptors": Need(roles: [.technician]),
        "Devices/List": Need(roles: [.till, .technician]),
        "Devices/Tell": Need(roles: [.technician]),
        "Devices/Watch": Need(roles: []),
        "Edge/Describe": Need(roles: [.till, .display, .technician]),
        "Enrolments/Cancel": Need(roles: [.till]),
        "Enrolments/Choose": Need(roles: [.till]),
        "Enrolments/Start": Need(roles: [.till]),
        "Enrolments/Watch": Need(roles: [.till]),
        "Feeds/Forget": Need(roles: []),
        "Feeds/Import": Need(roles: []),
        "Feeds/List": Need(roles: [.technician]),
        "Feeds/Run": Need(roles: []),
        "Health/Check": Need(roles: [.till, .display, .technician]),
        "Health/Watch": Need(roles: [.till, .display, .technician]),
        "Keys/TakeUp": Need(roles: []),
        "Lanes/Acknowledge": Need(roles: [.till]),
        "Lanes/ArmScanner": Need(roles: [.till, .technician], everyLane: [.technician]),
        "Lanes/AttachCustomer": Need(roles: [.till]),
        "Lanes/CloseBasket": Need(roles: [.till]),
        "Lanes/DetachCustomer": Need(roles: [.till]),
        "Lanes/DisarmScanner": Need(roles: [.till, .technician], everyLane: [.technician]),
        "Lanes/Enter": Need(roles: [.till]),
        "Lanes/List": Need(roles: [.till, .display, .technician]),
        "Lanes/OpenBasket": Need(roles: [.till]),
        "Lanes/Prompt": Need(roles: [.till, .technician], everyLane: [.technician]),
        "Lanes/Show": Need(roles: [.till, .technician], everyLane: [.technician]),
        // A display looks on: LaneService refuses it any other role of a watch.
        "Lanes/Watch": Need(roles: [.till, .display]),
        "Lanes/History": Need(roles: [.till]),
        "Operations/Status": Need(roles: []),
        "Outbox/Drop": Need(roles: []),
        "Outbox/List": Need(roles: [.technician]),
        "Outbox/Retry": Need(roles: []),
        "Pairing/Pair": Need(roles: [.stranger]),
        "Pairing/Prove": Need(roles: [.stranger]),
        "Pairing/Renew": Need(roles: [.till, .display, .technician]),
        "Systems/Check": Need(roles: []),
        "Systems/List": Need(roles: [.technician]),
        "Privacy/Erase": Need(roles: []),
        "Privacy/Export": Need(roles: []),
        "Privacy/Readmit": Need(roles: []),
        "Tills/Invite": Need(roles: []),
        "Tills/List": Need(roles: []),
        "Tills/Rename": Need(roles: []),
        "Tills/Revoke": Need(roles: []),
    ]

    /// The rule for a call, by its full name.
    /// - Parameter asked: is told each time that somebody asks for it.
    static func rule(_ call: String, asked: @escaping @Sendable () -> Void = {}) -> CallRule {
        let name = call.split(separator: ".").last.map(String.init) ?? call
        let need = needs[name] ?? Need(roles: [])
        return CallRule(
            admit: { caller in
                asked()
                if caller.role == .administrator || need.roles.contains(caller.role) { return nil }
                guard caller.isKnown else {
                    return Status(
                        .identityNeeded,
                        "This connection has not proved who it is. Pair first, and use the certificate.")
                }
                return Status(
                    .roleInsufficient,
                    "A \(caller.role) may not call \(name). \(words(need)) Pair with another role, or ask at the edge.")
            },
            serve: { caller, lane in
                guard let own = caller.lane, own != lane, !need.everyLane.contains(caller.role) else { return nil }
                return Status(
                    .laneOfOthers, "This \(caller.role) was paired for lane \(own) and may do nothing in another one.")
            })
    }

    private static func words(_ need: Need) -> String {
        let roles = need.roles.map(\.rawValue).sorted() + ["administrator"]
        return "It is for: \(roles.joined(separator: ", "))."
    }
}
