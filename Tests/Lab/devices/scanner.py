"""A HID POS barcode scanner (usage page 8C)."""

from . import descriptors, usbip
from .usb_device import USBDevice

# The one report descriptor of a scanner that is published byte for byte (org.blom.martin.usb.ReportDescriptor, example
# "Barcode scanner"). It does not say of which device; its layout is the one that Honeywell and Access-IS document.
REPORT_DESCRIPTOR = bytes.fromhex(
    "058C0902A1010912A1028502150026FF00750895010501093B81029503058C09FB09FC09FD8102953809FE8202020666FF95020900"
    "09008102058C25017501950809FF8102C00914A10285041500250175019508095F0960098509869186C006FFFF0901A10285F01500"
    "26FF007508953F0902820202953F0903920202C0C0")

IN, OUT = 0x82, 0x07
SCANNED_DATA, TRIGGER, MENU = 0x02, 0x04, 0xF0
PREVENT_READ, INITIATE_READ, ERROR_BEEP, GOOD_READ_BEEP = 1, 2, 4, 8
DATA_BYTES = 56


class HIDPOSScanner(USBDevice):
    """A scanner with the endpoints of a Honeywell N5600 in HID POS mode, as lsusb shows them. That model's own report
    descriptor of 144 bytes is not published."""

    VENDOR, PRODUCT = 0x0C2E, 0x0967

    def __init__(self, serial="HP001", report_descriptor=REPORT_DESCRIPTOR, declared_bytes=None, configuration=None):
        interface = descriptors.hid_interface(
            0, len(report_descriptor) if declared_bytes is None else declared_bytes,
            descriptors.interrupt_endpoint(IN, 64, 4), descriptors.interrupt_endpoint(OUT, 64, 1))
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, release=0x0904),
            configuration or descriptors.configuration(interface),
            ("Lab", "HID POS scanner", serial), reports={0: report_descriptor})

    def scan(self, data, aim, parts=None):
        """Sends a label in as many reports as it needs, or only the first `parts` of them."""
        chunks = [data[start:start + DATA_BYTES] for start in range(0, max(len(data), 1), DATA_BYTES)]
        for number, chunk in enumerate(chunks[:parts], start=1):
            more = number < len(chunks)
            self.send(IN, scan_report(chunk, aim, more))

    @property
    def beeps(self):
        """The beeps that the host asked for, in order."""
        orders = [data[1] for _, data in list(self.sent) if len(data) == 2 and data[0] == TRIGGER]
        names = {GOOD_READ_BEEP: "good read", ERROR_BEEP: "error"}
        return [name for order in orders for bit, name in names.items() if order & bit]

    def control(self, kind, request, value, index, length, data):
        if (kind, request) == (0x21, 9) and (value & 0xFF) not in (TRIGGER, MENU):
            return usbip.STALLED  # a report that the descriptor does not have
        return None


def scan_report(chunk, aim, more):
    """Report 2: the id, the count of bytes, three bytes of symbology identifier, the data, two bytes of the maker's,
    and in bit 0 of the last byte whether another report follows."""
    return bytes([SCANNED_DATA, len(chunk)]) + aim.encode() + chunk.ljust(DATA_BYTES, b"\0") + bytes([0, 0, more])
