extension UdevRules {
    /// What stands before the lists: who is asked for what.
    static let opening = #"""
        # Gives barcode scanners and customer displays to the group "countertop", so that the edge needs no other right.
        # Made from the device table of Sources/Devices/Table by `make rules`: change that, and never this file.
        #
        # Install this file in /etc/udev/rules.d, then run "udevadm control --reload" and "udevadm trigger".
        # A device that is not named here, such as a keyboard that the configuration names as a scanner, needs a file of your
        # own, for example /etc/udev/rules.d/61-countertop-store.rules, with a line like this one:
        #
        #     SUBSYSTEM=="usb", ATTR{idVendor}=="04d9", ATTR{idProduct}=="1603", GROUP="countertop", MODE="0660"

        # Only what is plugged in has a node, so a departure concerns nobody.
        ACTION=="remove", GOTO="countertop_end"

        # A device's own ids are asked for, never those of the hub that it is plugged into: a keyboard behind a scanner maker's
        # hub stays a keyboard. A maker's id counts when one of the interfaces is of the HID class, because the makers of
        # scanners sell computers and printers under the same vendor ids; a scanner on a serial line counts by its product.
        SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:03????:*", \
            ENV{COUNTERTOP_ID}="$attr{idVendor}:$attr{idProduct}"

        SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{COUNTERTOP_LINE}="$attr{idVendor}:$attr{idProduct}"

        # The nearest parent with a vendor id is the USB device that the HID node belongs to.
        SUBSYSTEM=="hidraw", ATTRS{idVendor}=="?*", ENV{COUNTERTOP_ID}="$attr{idVendor}:$attr{idProduct}"

        ENV{COUNTERTOP_ID}!="?*", ENV{COUNTERTOP_LINE}!="?*", GOTO="countertop_end"

        """#

    static let keyboardWords = #"""
        # Keyboard scanners built on a general-purpose chip, whose vendor id also stands on mice and keyboards, by product.
        """#

    static let lineWords = #"""
        # Scanners on a serial line, by product. A USB-serial cable may lead anywhere: what the configuration names under
        # serial_scanners needs a line in a file of your own, as above.
        """#

    /// What stands behind the lists: what those who are found get.
    static let closing = #"""

        # The group may read, write and claim, and nobody else may.
        ENV{COUNTERTOP_ROLE}=="?*", GROUP="countertop", MODE="0660"

        # ModemManager asks serial lines whether a modem is there, and a scanner may obey.
        SUBSYSTEM=="usb", ENV{COUNTERTOP_ROLE}=="?*", ENV{ID_MM_DEVICE_IGNORE}="1"

        # A scanner that the kernel sends to sleep misses labels, and some never wake up again.
        SUBSYSTEM=="usb", ENV{COUNTERTOP_ROLE}=="?*", TEST=="power/control", ATTR{power/control}="on"

        LABEL="countertop_end"

        """#
}
