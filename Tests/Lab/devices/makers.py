"""Scanners in serial modes of their makers' own, and scanners that take commands."""

from . import descriptors
from .serial import CDCScanner
from .usb_device import USBDevice


class MetrologicOneWay(USBDevice):
    """An MS7120 in one-way serial mode: silent until it is opened by a byte (Linux, metro-usb.c)."""

    VENDOR, PRODUCT = 0x0C2E, 0x0700
    OPEN = b"\x80"

    def __init__(self, serial="MS7120"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT),
            descriptors.configuration(descriptors.interface(
                0, 0xFF, descriptors.interrupt_endpoint(0x81, 64, 1), descriptors.interrupt_endpoint(0x02, 64, 1))),
            ("Metrologic", "MS7120", serial))

    def scan(self, data, terminator=b"\r"):
        if self.OPEN:
            self.wait(lambda: any(data == self.OPEN for _, data in self.sent), "the scanner is opened")
        line = data + terminator
        for start in range(0, len(line), 64):
            self.send(0x81, line[start:start + 64])


class MetrologicTwoWay(MetrologicOneWay):
    """The same scanner in two-way serial mode, which needs no byte to be opened."""

    PRODUCT = 0x0720
    OPEN = None


class Opticon(USBDevice):
    """An Opticon scanner in serial mode: two bytes in front of the data, the level of RTS among it (Linux, opticon.c)."""

    VENDOR, PRODUCT = 0x065A, 0x0009

    def __init__(self, serial="OPT01"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT),
            descriptors.configuration(descriptors.interface(0, 0xFF, descriptors.bulk_endpoint(0x82, 64))),
            ("Opticon", "USB scanner", serial))

    def scan(self, data, terminator=b"\r"):
        line = data + terminator
        for start in range(0, len(line), 62):
            self.send(0x82, b"\0\0" + line[start:start + 62])
            self.send(0x82, b"\0\1\1")


class DatalogicCOM(CDCScanner):
    """A Datalogic scanner in USB-COM mode. "D" and "F" silence it until "E"; "i" is answered between SOH STX and ETX EOT."""

    VENDOR, PRODUCT = 0x05F9, 0x4204
    NAME = "Datalogic USB-COM"

    def __init__(self, serial="DL001"):
        super().__init__(serial)
        self.is_enabled = True

    def take(self, endpoint, data):
        for order in data:
            if order in b"DF":
                self.is_enabled = False
            elif order == ord("E"):
                self.is_enabled = True
            elif order == ord("i"):
                self.send_line(b"\x01\x02APP 610012345\rIF 05\r\x03\x04")


class HoneywellCOM(CDCScanner):
    """A Honeywell scanner in serial mode, which answers the question for its revision as one in HID POS mode was seen to."""

    VENDOR, PRODUCT = 0x0C2E, 0x0B61
    NAME = "Honeywell serial"

    def take(self, endpoint, data):
        if data == b"\x16M\rREVINF.":
            self.send_line(b"Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftware: N/A\r\nREVINF\x06.")
