import Devices
import Foundation
import Journal
import Wire

extension Wire.Scan {
    init(_ scan: LaneScan, _ outcome: ScanOutcome) {
        self.init()
        epoch = scan.epoch
        sequence = scan.sequence
        data = scan.entry.data
        symbology = Wire.Symbology(rawValue: Int32(clamping: scan.entry.symbology))
        aim = scan.entry.aim
        device = scan.entry.device
        scannedAtUnixMs = scan.entry.scannedAt.unixMilliseconds
        resolution = Wire.Resolution(inEvent: scan.answer)
        attachment = Wire.Attachment(rawValue: Int32(outcome.attachment.rawValue))
        expired = outcome.isExpired
        replaced = outcome.replaced.map(Wire.Customer.init(choice:))
        let family = Label.Family(rawValue: scan.entry.family) ?? .none
        elements = Devices.LabelElement.all(in: data, of: family).map {
            Wire.LabelElement(ai: $0.ai, title: $0.title, value: $0.value)
        }
    }
}

extension Wire.Basket {
    init(_ basket: Lane.OpenBasket?) {
        self.init()
        guard let basket else {
            state = .none
            return
        }
        id = basket.number
        state = .open
        customer = basket.customer.map { Wire.Customer(inEvent: $0) }
    }
}
