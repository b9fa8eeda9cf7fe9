"""Zebra scanners that speak in packets, and Symbol's simple COM-port emulation."""

import struct

from . import descriptors, usbip
from .serial import CDCScanner
from .usb_device import USBDevice

ACKNOWLEDGE, REFUSE, DECODE_DATA, REPLY_REVISION = 0xD0, 0xD1, 0xF3, 0xA4
HOST, DECODER = 4, 0
RESENT, CONTINUES = 1, 2
EAN13, CODE128, QR = 11, 3, 28


def packet(opcode, data=b"", status=0, source=DECODER):
    """A packet of SSI: length, opcode, source, status, data, and the two's complement of their sum."""
    message = bytes([4 + len(data), opcode, source, status]) + data
    return message + (-sum(message) & 0xFFFF).to_bytes(2, "big")


class SSIScanner(CDCScanner):
    """SSI over USB CDC. It acknowledges what it is told, and may be kept from it."""

    VENDOR, PRODUCT = 0x05E0, 0x1701
    NAME = "Symbol Bar Code Scanner::CDC"

    def __init__(self, serial="SSI01"):
        super().__init__(serial)
        # What the host said: (opcode, status, data).
        self.told = []
        self.is_deaf = False

    def take(self, endpoint, data):
        while data:
            length = data[0]
            message, data = data[:length + 2], data[length + 2:]
            self.told.append((message[1], message[3], message[4:length]))
            if message[1] not in (ACKNOWLEDGE, REFUSE) and not self.is_deaf:
                self.send_line(packet(ACKNOWLEDGE))

    def scan(self, data, kind=CODE128, parts=(), status=0):
        """Sends a label in packets of the given lengths and one with the rest."""
        for length in parts:
            self.send_line(packet(DECODE_DATA, bytes([kind]) + data[:length], CONTINUES))
            data = data[length:]
        self.send_line(packet(DECODE_DATA, bytes([kind]) + data, status))

    @property
    def acknowledgements(self):
        return sum(opcode == ACKNOWLEDGE for opcode, _, _ in list(self.told))


SNAPI_IN = 0x81
# The report descriptor of SNAPI is not published. This one has the reports that are known, as bytes of a vendor's own page.
SNAPI_REPORT_DESCRIPTOR = bytes.fromhex("0600FF0901A101150026FF007508") + b"".join(
    bytes([0x85, report, 0x95, count, 0x09, 0x01, kind, 0x02])
    for report, count, kind in ((0x21, 3, 0x81), (0x22, 31, 0x81), (0x26, 31, 0x81), (0x01, 3, 0x91), (0x02, 1, 0x91),
                                (0x04, 1, 0x91), (0x06, 1, 0x91), (0x0A, 1, 0x91))) + b"\xC0"


class SNAPIScanner(USBDevice):
    """A scanner in SNAPI mode with reports of 32 bytes. It sends a packet of a label only when the one before was
    acknowledged."""

    VENDOR, PRODUCT = 0x05E0, 0x1900

    def __init__(self, serial="SNAPI1"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, usb=0x0200),
            descriptors.configuration(descriptors.hid_interface(
                0, len(SNAPI_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(SNAPI_IN, 32, 8))),
            ("Lab", "SNAPI scanner", serial), reports={0: SNAPI_REPORT_DESCRIPTOR})
        # How many acknowledgements it refuses, so that it does not know of them.
        self.refused_acknowledgements = 0

    def scan(self, data, kind=CODE128):
        chunks = [data[start:start + 26] for start in range(0, len(data), 26)]
        for index, chunk in enumerate(chunks):
            before = self.acknowledgements
            self._send_packet(chunk, kind, index, len(chunks))
            self.wait(lambda: self.acknowledgements > before, f"packet {index} is acknowledged")

    def send_label(self, data, kind=CODE128):
        """Sends a label of one packet, and waits for no acknowledgement."""
        self._send_packet(data, kind, 0, 1)

    def _send_packet(self, chunk, kind, index, count):
        head = bytes([0x22, count, index, len(chunk)]) + kind.to_bytes(2, "little")
        self.send(SNAPI_IN, head + chunk.ljust(26, b"\0"))

    def take(self, endpoint, data):
        if data[0] != 0x01:
            self.send(SNAPI_IN, bytes([0x21, data[0], 1, 0]).ljust(32, b"\0"))

    @property
    def acknowledgements(self):
        return self.acknowledgements_of(0x22)

    @property
    def beeps(self):
        return [data[1] for _, data in list(self.sent) if data[0] == 0x04]


    def scan_large(self, data, kind=CODE128):
        """Sends a label as a large one, in packets that are counted with two bytes."""
        chunks = [data[start:start + 24] for start in range(0, len(data), 24)]
        for index, chunk in enumerate(chunks):
            before = self.acknowledgements_of(0x26)
            head = struct.pack(">BHHB", 0x26, len(chunks), index, len(chunk)) + kind.to_bytes(2, "little")
            self.send(SNAPI_IN, head + chunk.ljust(24, b"\0"))
            self.wait(lambda: self.acknowledgements_of(0x26) > before, f"packet {index} is acknowledged")

    def acknowledgements_of(self, report):
        return sum(data == bytes([0x01, report, 0x01, 0x00]) for _, data in list(self.sent))

    def control(self, kind, request, value, index, length, data):
        if (kind, request, value & 0xFF) == (0x21, 9, 0x01) and self.refused_acknowledgements:
            self.refused_acknowledgements -= 1
            return usbip.STALLED
        return None


class SymbolCOM(USBDevice):
    """Simple COM-port emulation, as lsusb shows it: HID, one interrupt endpoint, a report descriptor of 40 bytes, which is not
    published."""

    VENDOR, PRODUCT = 0x05E0, 0x0600
    REPORT_DESCRIPTOR = bytes.fromhex("0600FF0901A101150026FF00750895400902810275089540090391020904B102C0")

    def __init__(self, serial="SCOM1"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, usb=0x0200),
            descriptors.configuration(descriptors.hid_interface(
                0, len(self.REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(0x81, 64, 3))),
            ("Symbol Technologies, Inc, 2008", "Symbol Bar Code Scanner", serial),
            reports={0: self.REPORT_DESCRIPTOR})

    def scan(self, data, terminator=b"\r"):
        line = data + terminator
        for start in range(0, len(line), 63):
            chunk = line[start:start + 63]
            self.send(0x81, bytes([len(chunk)]) + chunk.ljust(63, b"\0"))
