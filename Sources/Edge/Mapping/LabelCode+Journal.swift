import Customers
import Devices
import Journal

extension LabelCode {
    /// The code of a journaled scan.
    init(_ entry: ScanEntry, family: LabelFamily) {
        let label = Label(data: entry.data, aim: entry.aim)
        self.init(data: entry.data, family: family, gtin14: label.gtin14)
    }
}
