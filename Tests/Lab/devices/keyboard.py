"""Keyboards: scanners that type, and one that people type on."""

from . import descriptors, usbip
from .usb_device import USBDevice

# HID 1.11, appendix B.1: eight modifier keys, a reserved byte, five lamps going out, six keys.
BOOT_REPORT_DESCRIPTOR = bytes.fromhex(
    "05010906A101050719E029E71500250175019508810295017508810195057501050819012905910295017503910195067508150025650507"
    "190029658100C0")
# Consumer controls: one key of sixteen bits.
MEDIA_REPORT_DESCRIPTOR = bytes.fromhex("050C0901A101150026FF0319002AFF03751095018100C0")

KEYS_IN, MEDIA_IN = 0x81, 0x82
LEFT_CONTROL, LEFT_SHIFT = 0x01, 0x02
ENTER = 0x28

# Usages of page 7 on a keyboard of the United States, unshifted and shifted (HID Usage Tables, section 10).
_ROWS = [(0x1E, "1234567890", "!@#$%^&*()"), (0x2C, " -=[]\\", " _+{}|"), (0x33, ";'`,./", ":\"~<>?")]
KEYS = {letter: (0x04 + index, 0) for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
KEYS |= {letter.upper(): (usage, LEFT_SHIFT) for letter, (usage, _) in list(KEYS.items())}
for _first, _plain, _shifted in _ROWS:
    for _offset, (_character, _upper) in enumerate(zip(_plain, _shifted)):
        KEYS.setdefault(_upper, (_first + _offset, LEFT_SHIFT))
        KEYS[_character] = (_first + _offset, 0)


class Keyboard(USBDevice):
    """A boot keyboard with a second interface for its media keys, as Holtek's 04d9:1603 has them (umockdev's capture).
    The report descriptors behind that capture are not published: these are the standard's."""

    VENDOR, PRODUCT = 0x04D9, 0x1603
    NAME = "USB Keyboard"

    def __init__(self, serial="KB001"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, release=0x0310, packet_bytes=8),
            descriptors.configuration(
                descriptors.hid_interface(
                    0, len(BOOT_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(KEYS_IN, 8, 10),
                    subclass=1, protocol=1),
                descriptors.hid_interface(
                    1, len(MEDIA_REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(MEDIA_IN, 8, 10))),
            ("Lab", self.NAME, serial), speed=usbip.LOW_SPEED,
            reports={0: BOOT_REPORT_DESCRIPTOR, 1: MEDIA_REPORT_DESCRIPTOR})

    def type(self, text, terminator=ENTER):
        """Presses and releases one key after the other."""
        for character in text:
            self.press(*KEYS[character])
        if terminator:
            self.press(terminator)

    def press(self, usage, modifiers=0):
        self.send(KEYS_IN, bytes([modifiers, 0, usage, 0, 0, 0, 0, 0]))
        self.send(KEYS_IN, bytes(8))


class KeyboardWedge(Keyboard):
    """A Datalogic scanner in keyboard mode: product ids that begin with 2 mean that."""

    VENDOR, PRODUCT = 0x05F9, 0x2203
    NAME = "Keyboard wedge"

    def __init__(self, serial="KW001"):
        super().__init__(serial)
