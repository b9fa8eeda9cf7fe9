/// A system by which customers are enrolled at the till: it asks each on the own phone, and says who that is. Its members are the
/// customers of a feed of its name.
package protocol Enroller: Connector {
    associatedtype Login: PhoneLogin

    var login: Login { get }
    /// The systems that are told of a new member, as the setting `tell` names them.
    var toldSystems: [String] { get }

    /// Lets the customer's app know of the membership. It is a courtesy: nobody waits for it, and what comes of it matters to nobody.
    /// - Parameter phone: E.164.
    func welcome(_ phone: String) async
}

extension Enroller {
    package var toldSystems: [String] { [] }

    package func welcome(_ phone: String) async {}
}
