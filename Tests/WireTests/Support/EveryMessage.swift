@testable import Wire

/// Every message and enumeration the module has; ``SchemaTests`` holds the lists against the `.proto` files.
enum EveryMessage {
    static let types: [any WireMessage.Type] = [
        Frame.self, Hello.self, Welcome.self, Limits.self, Request.self, Message.self, Status.self, Cancel.self,
        Credit.self, Ping.self, Pong.self, Goodbye.self,
        Identifier.self, Group.self, Loyalty.self, Permission.self, Customer.self, Provenance.self,
        ResolveRequest.self, Resolution.self, GetCustomerRequest.self, CustomerAnswer.self,
        SearchCustomersRequest.self, SearchCustomersAnswer.self, ViewCustomerRequest.self, CustomerEvent.self,
        CustomerView.self,
        Device.self, ListDevicesRequest.self, ListDevicesAnswer.self,
        DeviceInterface.self, WatchDevicesRequest.self, DeviceEvent.self, DeviceReport.self, DeviceReportPart.self,
        DeviceScan.self, DeviceProblem.self, TellDeviceRequest.self, DeviceLines.self, TellDeviceAnswer.self,
        DescriptorsRequest.self, DescriptorsAnswer.self, InterfaceDescriptor.self, CaptureRequest.self,
        CaptureEvent.self,
        HealthRequest.self, Finding.self, HealthAnswer.self,
        Scan.self, LabelElement.self, Basket.self, Money.self, SaleLine.self, Closing.self, Lane.self,
        ListLanesRequest.self,
        ListLanesAnswer.self, WatchLaneRequest.self, LaneHistoryRequest.self, LaneEvent.self, Gap.self,
        AcknowledgeRequest.self,
        AcknowledgeAnswer.self, OpenBasketRequest.self, BasketAnswer.self, AttachCustomerRequest.self,
        DetachCustomerRequest.self, CloseBasketRequest.self, EnterRequest.self, EnterAnswer.self,
        ArmScannerRequest.self, DisarmScannerRequest.self, ScannerAnswer.self, ShowRequest.self, ShowAnswer.self,
        ShowEffects.self, ShowWindow.self,
        PromptRequest.self, PromptAnswer.self,
        Till.self, PairRequest.self, PairAnswer.self, RenewRequest.self, ProveRequest.self, ProveAnswer.self,
        InviteTillRequest.self, InviteTillEvent.self, PairingOffer.self, ListTillsRequest.self, ListTillsAnswer.self,
        RenameTillRequest.self, RevokeTillRequest.self, TillAnswer.self,
        DescribeRequest.self, DescribeAnswer.self,
        Feed.self, RejectedRow.self, RejectedCount.self, ListFeedsRequest.self, ListFeedsAnswer.self,
        StatusRequest.self, StatusAnswer.self, ReplicaStanding.self, LaneStanding.self, PastFinding.self,
        ProcessStanding.self, StateFileStanding.self,
        RunFeedRequest.self, FeedAnswer.self, FeedRun.self, ForgetFeedRequest.self, ForgetFeedAnswer.self,
        FieldColumns.self, ImportRequest.self, ImportEvent.self,
        ExportCustomerRequest.self, ExportCustomerAnswer.self, KeptScan.self, KeptEnrolment.self,
        EraseCustomerRequest.self,
        EraseCustomerAnswer.self, ReadmitCustomerRequest.self, ReadmitCustomerAnswer.self, TakeUpKeysRequest.self,
        TakeUpKeysAnswer.self,
        Benefit.self, Redemption.self, ListBenefitsRequest.self, ListBenefitsAnswer.self, ReserveBenefitRequest.self,
        RedeemBenefitRequest.self, ReleaseBenefitRequest.self, RedemptionAnswer.self,
        OutboxEntry.self, OutboxCount.self, OutboxSystem.self, ListOutboxRequest.self, ListOutboxAnswer.self,
        RetryOutboxRequest.self, DropOutboxRequest.self, OutboxAnswer.self,
        OutsideSystem.self, ListSystemsRequest.self, ListSystemsAnswer.self, CheckSystemRequest.self,
        CheckSystemAnswer.self,
        JoinRequest.self, LinkCardRequest.self, PermissionGrant.self, CorrectCustomerRequest.self,
        SetPermissionRequest.self,
        ChangeBonusesRequest.self, GetChangeRequest.self, ChangeAnswer.self,
        Card.self, CardDispatch.self, CardAnswer.self, IssueCardRequest.self, GetCardRequest.self,
        ListCardsRequest.self, ListCardsAnswer.self, SendCardRequest.self, RevokeCardRequest.self,
        ReplaceCardRequest.self, WatchCardRequest.self, PrintCardRequest.self, PrintCardAnswer.self,
        StartEnrolmentRequest.self, WatchEnrolmentRequest.self, CancelEnrolmentRequest.self,
        ChooseCustomerRequest.self, EnrolmentEvent.self, FollowUp.self,
    ]

    static let enums: [any WireEnum.Type] = [
        IdentifierType.self, ResolutionKind.self, DeviceRole.self, DeviceState.self, Ability.self,
        DeviceOrderEnd.self, ServingState.self, Symbology.self, Attachment.self, BasketState.self,
        BasketOutcome.self, WatchRole.self, TillRole.self, FeedState.self, OutboxState.self, SystemState.self,
        BenefitState.self, RedemptionState.self, CardState.self, CardChannel.self, DispatchState.self,
        EnrolmentState.self, FollowUpState.self,
        ArmPurpose.self, PromptKind.self,
    ]

    static func named(_ name: String) -> (any WireMessage.Type)? {
        types.first { $0.wireName == name }
    }
}
