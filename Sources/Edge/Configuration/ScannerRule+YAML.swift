import Devices

extension ScannerRule {
    /// Reads an entry of `scanners`: what a scanner can do.
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["device", "reads_2d", "reads_screens"])
        guard let text = try section.string("device"), let device = DeviceSelector(text) else {
            throw section.mistake(
                "'\(section.place)' needs a device: a port path (1-4.2), vendor:product (05f9:2203) or serial:NUMBER, as "
                    + "\"countertop debug list\" shows them.")
        }
        self.init(
            device: device, reads2D: try section.flag("reads_2d"), readsScreens: try section.flag("reads_screens"))
    }
}
