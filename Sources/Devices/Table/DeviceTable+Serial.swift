package import USB

extension DeviceTable {
    /// The chip between USB and a serial line. Its number says nothing of what is behind it, which may be a display or a
    /// modem as well as a scanner.
    package static func bridge(of device: USBDevice) -> SerialCarrier? {
        switch (device.vendorID, device.productID) {
        // Bixolon's are FTDI's with another number (usb.ids).
        case (0x0403, _), (0x1504, 0x0011), (0x1504, 0x008c): .ftdi
        case (0x067b, 0x2303): .pl2303
        case (0x10c4, 0xea60): .cp210x
        case (0x1a86, 0x7523), (0x1a86, 0x5523), (0x1a86, 0x7522): .ch34x
        default: nil
        }
    }

    /// What carries the line of a scanner whose number is known; `nil` when its interface classes tell.
    static func carrier(of device: USBDevice) -> SerialCarrier? {
        switch (entry(for: device)?.mode, device.vendorID, device.productID) {
        case (.simpleCOM, _, _): .symbol
        case (.snapi, _, _): .snapi
        case (.vendorSerial, honeywell, 0x0700): .metrologicOneWay
        case (.vendorSerial, honeywell, _): .metrologic
        case (.vendorSerial, 0x065a, _): .opticon
        default: nil
        }
    }

    /// How scanners of this number are set up that the configuration says nothing of.
    static func serialSettings(of device: USBDevice) -> SerialSettings {
        var settings = SerialSettings()
        switch (device.vendorID, device.productID) {
        // vxsuite reads it at this speed.
        case (0x2745, 0x300a): settings.line.baud = 115_200
        case (datalogic, _): settings.dialect = .datalogic
        // The serial modes of old Metrologic scanners have no menu.
        case (honeywell, 0x0700), (honeywell, 0x0720): break
        case (honeywell, _), (youjie, _): settings.dialect = .honeywell
        default: break
        }
        return settings
    }
}
