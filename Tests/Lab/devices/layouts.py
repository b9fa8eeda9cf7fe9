"""Scanners whose report descriptors differ from those of the others here in every way that the standard leaves open."""

from . import descriptors
from .keyboard import ENTER, KEYS, Keyboard
from .scanner import IN, OUT, HIDPOSScanner


class BackwardScanner(HIDPOSScanner):
    """HID POS without report ids and without a byte count: 32 bytes of data, whether more follows, then the symbology. Composed
    from the usage tables: the makers' descriptors are not published."""

    VENDOR, PRODUCT = 0x1209, 0x0005
    DATA = 32
    REPORT_DESCRIPTOR = bytes.fromhex(
        "058C0902A1010912A102150026FF0075089520" "09FE820202" "15002501750195" "0109FF8102" "750781" "03"
        "26FF0075089503" "09FB09FC09FD8102" "C0C0")

    def __init__(self, serial="BACK1"):
        super().__init__(serial, report_descriptor=self.REPORT_DESCRIPTOR)

    def scan(self, data, aim, parts=None):
        chunks = [data[start:start + self.DATA] for start in range(0, max(len(data), 1), self.DATA)]
        for number, chunk in enumerate(chunks[:parts], start=1):
            self.send(IN, chunk.ljust(self.DATA, b"\0") + bytes([number < len(chunks)]) + aim.encode())


class AnnouncingScanner(HIDPOSScanner):
    """HID POS in two reports: 7 says the symbology and how long the label is, 8 has its bytes. Composed like the other."""

    VENDOR, PRODUCT = 0x1209, 0x0006
    DATA = 40
    REPORT_DESCRIPTOR = bytes.fromhex(
        "058C0902A1010912A102" "8507150026FF00750895030" "9FB09FC09FD8102" "0501750895010" "93B8102"
        "058C8508150026FF007508952809FE820202" "C0C0")

    def __init__(self, serial="ANN01"):
        super().__init__(serial, report_descriptor=self.REPORT_DESCRIPTOR)

    def scan(self, data, aim, parts=None):
        self.send(IN, b"\x07" + aim.encode() + bytes([len(data)]))
        for start in range(0, len(data), self.DATA):
            self.send(IN, b"\x08" + data[start:start + self.DATA].ljust(self.DATA, b"\0"))


class BitmapWedge(Keyboard):
    """A scanner in keyboard mode with a bit for every key, behind a report id, in an interface that is no boot keyboard's. Its
    number is a Newland scanner's in that mode; keyboards that send bitmaps are many."""

    VENDOR, PRODUCT, NAME = 0x1EAB, 0x1303, "Bitmap wedge"
    REPORT_DESCRIPTOR = bytes.fromhex(
        "05010906A1018503050719E029E7150025017501950881021900296775019568810275089501810" "3C0")
    KEYS_BYTES = 0x68 // 8

    def __init__(self, serial="NKRO1"):
        super().__init__(serial)
        self.configuration = descriptors.configuration(descriptors.hid_interface(
            0, len(self.REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(0x81, 16, 8)))
        self.device = descriptors.device(self.VENDOR, self.PRODUCT, usb=0x0200)
        self.speed = 2
        self.reports = {0: self.REPORT_DESCRIPTOR}

    def type_at_once(self, text):
        """Types without a report between two keys that differ: one comes up as the next goes down."""
        before = None
        for usage, modifiers in [*(KEYS[character] for character in text), (ENTER, 0)]:
            if usage == before:
                self.send(0x81, self._report())
            self.send(0x81, self._report(usage, modifiers))
            before = usage
        self.send(0x81, self._report())

    def press(self, usage, modifiers=0):
        self.send(0x81, self._report(usage, modifiers))
        self.send(0x81, self._report())

    def _report(self, usage=None, modifiers=0):
        bits = 0 if usage is None else 1 << usage
        return bytes([3, modifiers]) + bits.to_bytes(self.KEYS_BYTES, "little") + b"\0"


class AnsweringScanner(HIDPOSScanner):
    """A Honeywell scanner in HID POS mode that answers the question for its revision in three reports, as a Voyager 1602g was
    captured to (python_hon_usbhid)."""

    ANSWER = b"Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftware Part Number: N/A\r\n"

    def take(self, endpoint, data):
        if endpoint != OUT or data[:1] != b"\xFD" or data[2:2 + data[1]] != b"\x16M\rREVINF.":
            return
        chunks = [self.ANSWER[start:start + 56] for start in range(0, len(self.ANSWER), 56)]
        for number, chunk in enumerate(chunks, start=1):
            self.send(IN, self._answer(chunk, b"]X0", ord("?"), number < len(chunks)))
        self.send(IN, self._answer(b"REVINF\x06.", b"]Z6", ord("6"), False))

    def _answer(self, words, aim, code, more):
        return bytes([2, len(words)]) + aim + words.ljust(56, b"\0") + bytes([code, 0, more])
