@testable import Wire

/// Every message and enumeration the module has; ``SchemaTests`` holds the lists against the `.proto` files.
enum EveryMessage {
    static let types: [any WireMessage.Type] = [
        Frame.self, Hello.self, Welcome.self, Limits.self, Request.self, Message.self, Status.self, Cancel.self,
        Credit.self, Ping.self, Pong.self, Goodbye.self,
        Identifier.self, Group.self, Loyalty.self, Permission.self, Customer.self, Provenance.self,
        ResolveRequest.self, Resolution.self, GetCustomerRequest.self, CustomerAnswer.self,
        SearchCustomersRequest.self, SearchCustomersAnswer.self,
        Device.self, ListDevicesRequest.self, ListDevicesAnswer.self,
        HealthRequest.self, Finding.self, HealthAnswer.self,
        Scan.self, Basket.self, Money.self, SaleLine.self, Closing.self, Lane.self, ListLanesRequest.self,
        ListLanesAnswer.self, WatchLaneRequest.self, LaneHistoryRequest.self, LaneEvent.self, Gap.self,
        AcknowledgeRequest.self,
        AcknowledgeAnswer.self, OpenBasketRequest.self, BasketAnswer.self, AttachCustomerRequest.self,
        DetachCustomerRequest.self, CloseBasketRequest.self, EnterRequest.self, EnterAnswer.self,
        ArmScannerRequest.self, DisarmScannerRequest.self, ScannerAnswer.self, ShowRequest.self, ShowAnswer.self,
        Till.self, PairRequest.self, PairAnswer.self, RenewRequest.self, ProveRequest.self, ProveAnswer.self,
        InviteTillRequest.self, InviteTillEvent.self, PairingOffer.self, ListTillsRequest.self, ListTillsAnswer.self,
        RenameTillRequest.self, RevokeTillRequest.self, TillAnswer.self,
    ]

    static let enums: [any WireEnum.Type] = [
        IdentifierType.self, ResolutionKind.self, DeviceRole.self, DeviceState.self, ServingState.self,
        Symbology.self, Attachment.self, BasketState.self, BasketOutcome.self, WatchRole.self,
        TillRole.self,
    ]

    static func named(_ name: String) -> (any WireMessage.Type)? {
        types.first { $0.wireName == name }
    }
}
