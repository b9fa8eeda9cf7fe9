/// A request for one lane. Who may make it follows from the lane.
package protocol LaneRequest {
    /// The lane's name.
    var lane: String { get }
}

extension WatchLaneRequest: LaneRequest {}
extension LaneHistoryRequest: LaneRequest {}
extension AcknowledgeRequest: LaneRequest {}
extension OpenBasketRequest: LaneRequest {}
extension AttachCustomerRequest: LaneRequest {}
extension DetachCustomerRequest: LaneRequest {}
extension CloseBasketRequest: LaneRequest {}
extension EnterRequest: LaneRequest {}
extension ArmScannerRequest: LaneRequest {}
extension DisarmScannerRequest: LaneRequest {}
extension ShowRequest: LaneRequest {}
extension PromptRequest: LaneRequest {}
extension ReserveBenefitRequest: LaneRequest {}
extension RedeemBenefitRequest: LaneRequest {}
extension ReleaseBenefitRequest: LaneRequest {}
extension StartEnrolmentRequest: LaneRequest {}
extension WatchEnrolmentRequest: LaneRequest {}
extension CancelEnrolmentRequest: LaneRequest {}
extension ChooseCustomerRequest: LaneRequest {}
