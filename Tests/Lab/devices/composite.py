"""Devices of several interfaces that are more than one thing, or less than they seem."""

from . import descriptors
from .display import REPORT_DESCRIPTOR as DISPLAY_REPORT_DESCRIPTOR
from .display import Display
from .keyboard import BOOT_REPORT_DESCRIPTOR, KEYS, ENTER, Keyboard
from .scanner import IN, OUT, REPORT_DESCRIPTOR, scan_report
from .usb_device import USBDevice

KEYS_IN = 0x81


class DoubleScanner(USBDevice):
    """A Zebra scanner whose one number stands for a HID POS interface and a keyboard, as a fixture of a public repository has
    it; both deliver every label. The report descriptors of that device are not published: these are those of the others here."""

    VENDOR, PRODUCT = 0x05E0, 0x1200

    def __init__(self, serial="ZB001"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, usb=0x0200),
            descriptors.configuration(
                descriptors.hid_interface(
                    0, len(REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(IN, 64, 4),
                    descriptors.interrupt_endpoint(OUT, 64, 1)),
                descriptors.hid_interface(
                    1, len(BOOT_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(KEYS_IN, 8, 10),
                    subclass=1, protocol=1)),
            ("Symbol", "Symbol Bar Code Scanner", serial), reports={0: REPORT_DESCRIPTOR, 1: BOOT_REPORT_DESCRIPTOR})

    def scan(self, text, aim):
        """Gives a label on both interfaces: the keys first, then the report, then the last key."""
        self._type(text)
        self.send(IN, scan_report(text.encode(), aim, False))
        self._press(ENTER)

    def _type(self, text):
        for character in text:
            self._press(*KEYS[character])

    def _press(self, usage, modifiers=0):
        self.send(KEYS_IN, bytes([modifiers, 0, usage, 0, 0, 0, 0, 0]))
        self.send(KEYS_IN, bytes(8))


class DecoyKeyboard(Keyboard):
    """A NIZ keyboard, which uses the page of bar code scanners (8C), usage 01, with 64 bytes each way for its settings. Several
    keyboards do; the descriptor itself is composed from what is known of it."""

    VENDOR, PRODUCT = 0x0483, 0x5129
    NAME = "NIZ keyboard"
    SETTINGS_REPORT_DESCRIPTOR = bytes.fromhex("058C0901A101150026FF00750895400902810209039102C0")

    def __init__(self, serial="NIZ01"):
        super().__init__(serial)
        self.configuration = descriptors.configuration(
            descriptors.hid_interface(
                0, len(BOOT_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(KEYS_IN, 8, 10), subclass=1, protocol=1),
            descriptors.hid_interface(
                1, len(self.SETTINGS_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(0x82, 8, 10),
                descriptors.interrupt_endpoint(0x03, 8, 10)))
        self.reports = {0: BOOT_REPORT_DESCRIPTOR, 1: self.SETTINGS_REPORT_DESCRIPTOR}


class CameraDisplay(Display):
    """A Wincor BA63 with a scanner in it: a display and a camera that reads, on two interfaces. Its report descriptors are not
    published: these are those of the others here."""

    VENDOR, PRODUCT = 0x0AA7, 0x0202
    CAMERA_IN = 0x83

    def __init__(self, serial="CD001"):
        super().__init__(serial)
        self.configuration = descriptors.configuration(
            descriptors.hid_interface(
                0, len(DISPLAY_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(0x81, 64, 10),
                descriptors.interrupt_endpoint(0x02, 64, 10)),
            descriptors.hid_interface(
                1, len(REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(self.CAMERA_IN, 64, 4)))
        self.reports = {0: DISPLAY_REPORT_DESCRIPTOR, 1: REPORT_DESCRIPTOR}

    def scan(self, data, aim):
        self.send(self.CAMERA_IN, scan_report(data, aim, False))
