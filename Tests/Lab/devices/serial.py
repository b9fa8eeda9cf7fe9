"""Scanners on serial lines: the standard's own kind of line (USB CDC PSTN 1.2)."""

import struct

from . import descriptors, usbip
from .usb_device import USBDevice

CONTROL_IN, DATA_IN, DATA_OUT = 0x81, 0x82, 0x03
PACKET_BYTES = 64
SET_LINE_CODING, GET_LINE_CODING, SET_CONTROL_LINES = 0x20, 0x21, 0x22
DTR = 1


class CDCScanner(USBDevice):
    """A Unitech TS100 as vxsuite uses it: 115200 8N1, CR behind a label, nothing before DTR. Its descriptors are not
    published; these are the standard's own."""

    VENDOR, PRODUCT = 0x2745, 0x300A
    NAME = "CDC scanner"

    def __init__(self, serial="TS001"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, usb=0x0200),
            descriptors.configuration(
                descriptors.cdc_control_interface(0, 1, descriptors.interrupt_endpoint(CONTROL_IN, 8, 255)),
                descriptors.interface(
                    1, 0x0A, descriptors.bulk_endpoint(DATA_IN, PACKET_BYTES),
                    descriptors.bulk_endpoint(DATA_OUT, PACKET_BYTES))),
            ("Lab", self.NAME, serial))
        # The line as the host set it: speed, stop bits, parity, bits.
        self.coding = None
        self.lines = 0

    def scan(self, data, terminator=b"\r"):
        """Sends a label in as many packets as it needs. Without DTR the scanner sends nothing."""
        self.wait(lambda: self.lines & DTR, "DTR is raised")
        self.send_line(data + terminator)

    def send_line(self, data):
        for start in range(0, len(data), PACKET_BYTES):
            self.send(DATA_IN, data[start:start + PACKET_BYTES])

    def control(self, kind, request, value, index, length, data):
        match kind, request:
            case 0x21, 0x20:
                self.coding = struct.unpack("<IBBB", data)
                return b""
            case 0xA1, 0x21:
                return struct.pack("<IBBB", *(self.coding or (9600, 0, 0, 8)))
            case 0x21, 0x22:
                self.lines = value
                return b""
        return None

    @property
    def heard(self):
        """What the host wrote to the line."""
        return b"".join(data for endpoint, data in list(self.sent) if endpoint == DATA_OUT & 0x0F)
