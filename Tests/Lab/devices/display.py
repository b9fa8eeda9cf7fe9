"""A HID customer display of two lines of twenty characters (usage page 14)."""

from . import descriptors, usbip
from .usb_device import USBDevice

# No report descriptor of a display that is sold has been published. This one is composed from the usage tables, and is
# the one of SyntheticDisplay.swift: attributes (feature 1), control (out 2), characters (out 3), status (in 4).
REPORT_DESCRIPTOR = bytes.fromhex(
    "05140901A101150075080920A10285012550093509369502B103250109219501B103C00924A10285027501950209250926910295"
    "069103C0092BA10285037508950125010933910225130934910226FF00092C9514920201C0092DA102850415012504192E293195"
    "018100C0C0")

ATTRIBUTES, CONTROL, CHARACTERS = 1, 2, 3
ROWS, COLUMNS = 2, 20
IN, OUT = 0x81, 0x02


class Display(USBDevice):
    """Takes reports by its OUT endpoint, or, without one, by SET_REPORT: displays of both kinds exist."""

    VENDOR, PRODUCT = 0x03F0, 0x2624

    def __init__(self, serial="PD001", has_out_endpoint=True):
        endpoints = [descriptors.interrupt_endpoint(IN, 64, 10)]
        if has_out_endpoint:
            endpoints.append(descriptors.interrupt_endpoint(OUT, 64, 10))
        interface = descriptors.hid_interface(0, len(REPORT_DESCRIPTOR), *endpoints)
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT), descriptors.configuration(interface),
            ("Lab", "Customer display", serial), reports={0: REPORT_DESCRIPTOR})
        self._cells = [bytearray(b" " * COLUMNS) for _ in range(ROWS)]

    @property
    def lines(self):
        return [row.decode("latin-1").rstrip() for row in self._cells]

    def plug(self, port=None):
        # A display that had no power shows nothing.
        self._cells = [bytearray(b" " * COLUMNS) for _ in range(ROWS)]
        return super().plug(port)

    def take(self, endpoint, data):
        if len(data) == 2 and data[0] == CONTROL and data[1] & 1:
            self._cells = [bytearray(b" " * COLUMNS) for _ in range(ROWS)]
        if len(data) == 3 + COLUMNS and data[0] == CHARACTERS and data[1] < ROWS and data[2] < COLUMNS:
            self._cells[data[1]][data[2]:COLUMNS] = data[3:3 + COLUMNS - data[2]]

    def control(self, kind, request, value, index, length, data):
        match kind, request, value:
            case 0xA1, 1, 0x0301:  # GET_REPORT of a feature report
                return bytes([ATTRIBUTES, ROWS, COLUMNS, 1])
            case 0x21, 9, _ if value & 0xFF not in (CONTROL, CHARACTERS):
                return usbip.STALLED
        return None
