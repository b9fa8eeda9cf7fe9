extension DeviceTable {
    /// The numbers that are listed one by one, by vendor in the upper half and product in the lower.
    static let listed: [UInt32: Entry] = {
        var entries: [UInt32: Entry] = [:]
        for (vendor, products) in [(zebra, zebraProducts), (honeywell, honeywellProducts)] {
            for (product, mode) in products { entries[UInt32(vendor) << 16 | UInt32(product)] = Entry(mode) }
        }
        for (number, mode) in others { entries[number] = Entry(mode) }
        for number in keyboardChips { entries[number] = Entry(.hidKeyboard) }
        for number in hidDisplays { entries[number] = Entry(nil, role: .display) }
        return entries
    }()

    /// One number for each mode, shared by many models (usb.ids; the integration guide of the MS4404 and MS4407; hid-ids.h
    /// of the kernel). 2000 and 200d are mobile computers and 1a00 is a reader that stores scans: they are left out.
    private static let zebraProducts: [(UInt16, InterfaceMode?)] = [
        (0x0600, .simpleCOM), (0x0700, .batch), (0x1200, .hidKeyboard), (0x1300, .ibmHandHeld), (0x1400, .ibmTableTop),
        (0x1701, .serial), (0x1900, .snapi),
    ]

    /// A number for each model and mode (usb.ids; captures in public repositories and issues).
    private static let honeywellProducts: [(UInt16, InterfaceMode?)] = [
        (0x0007, .surePOS), (0x0200, nil), (0x0204, .hidKeyboard), (0x0206, nil), (0x0700, .vendorSerial),
        (0x0720, .vendorSerial), (0x0967, .hidPOS), (0x0a64, nil), (0x0b61, nil), (0x0b6a, nil), (0x0b81, nil),
        (0x0b87, .hidPOS), (0x0be1, nil), (0x1007, nil), (0x10d3, nil),
    ]

    /// Intermec, Access-IS, Opticon, Cino, Unitech, NCR, HP, Hand Held Products (usb.ids; vxsuite's udev rules).
    private static let others: [(UInt32, InterfaceMode?)] = [
        (0x067e_0801, .hidKeyboard), (0x067e_0803, .serial), (0x067e_0805, .serial),
        (0x0db5_0139, .serial), (0x0db5_013a, .hidKeyboard), (0x0db5_013b, .hid),
        (0x065a_0001, .hidKeyboard), (0x065a_0009, .vendorSerial),
        (0x1fbb_3850, .serial), (0x2745_300a, .serial),
        (0x0404_0202, nil), (0x0404_0203, nil), (0x03f0_0139, nil), (0x03f0_1d24, nil), (0x0536_01ca, nil),
    ]

    /// Chips that are sold as "barcode reader" and know no other mode (usb.ids; the README of barcode-server).
    static let keyboardChips: [UInt32] = [
        0x04b4_bca1, 0x04b4_de61, 0x04b4_de64, 0x0416_c141, 0x040b_6510, 0x13ba_0018, 0x0581_0107, 0x0581_0115,
        0x0581_011c, 0x0581_020c, 0x24ae_0197, 0x24ea_0197, 0xffff_0035,
    ]

    /// Pole displays (usb.ids). Whether one follows page 14 its report descriptor tells.
    private static let hidDisplays: [UInt32] = [
        0x03f0_2624, 0x073c_0305, 0x073c_0322, 0x073c_0324, 0x073c_0330, 0x073c_0424, 0x073c_0505, 0x073c_0522,
        0x073c_0624, 0x0aa7_0200, 0x0aa7_0201, 0x0aa7_0202, 0x0aa7_0203, 0x0aa7_0204, 0x04b3_4524, 0x04b3_4525,
    ]
}
