"""Scanners behind USB-serial cables: the chips answer what their kernel drivers ask (Linux, drivers/usb/serial), so that the
kernel drives them before the edge does."""

from . import descriptors
from .usb_device import USBDevice

DATA_IN, DATA_OUT, NEWS_IN = 0x82, 0x03, 0x81
PACKET_BYTES = 64


class Bridge(USBDevice):
    """A chip with one line. `asked` holds the requests that set the line: (type, request, value, index, data)."""

    VENDOR = PRODUCT = 0
    NAME = "Bridge"
    DRIVER = ""
    # What the device descriptor says of the whole device, and of the chip's release.
    RELEASE = 0x0100
    # Bytes that the chip puts in front of every packet.
    STATUS = b""
    ENDPOINTS = (descriptors.bulk_endpoint(DATA_IN, PACKET_BYTES), descriptors.bulk_endpoint(DATA_OUT, PACKET_BYTES))

    def __init__(self, serial="BR001"):
        super().__init__(
            descriptors.device(self.VENDOR, self.PRODUCT, release=self.RELEASE, usb=0x0200),
            descriptors.configuration(descriptors.interface(0, 0xFF, *self.ENDPOINTS)), ("Lab", self.NAME, serial))
        self.asked = []

    def scan(self, data, terminator=b"\r"):
        line, room = data + terminator, PACKET_BYTES - len(self.STATUS)
        for start in range(0, len(line), room):
            self.send(DATA_IN, self.STATUS + line[start:start + room])

    def control(self, kind, request, value, index, length, data):
        if kind in (0x40, 0x41, 0x21):
            self.asked.append((kind, request, value, index, bytes(data)))
            return b""
        if kind in (0xC0, 0xC1, 0xA1):
            return self.answer(request, value, length)
        return None

    def answer(self, request, value, length):
        """What the chip says when it is read."""
        return bytes(length)

    @property
    def heard(self):
        """What the host wrote to the line."""
        return b"".join(data for endpoint, data in list(self.sent) if endpoint == DATA_OUT & 0x0F)


class FTDI(Bridge):
    """An FT232R: two bytes of status in front of every packet."""

    VENDOR, PRODUCT, NAME, DRIVER, RELEASE = 0x0403, 0x6001, "FT232R USB UART", "ftdi_sio", 0x0600
    STATUS = b"\x01\x60"
    SETTINGS = {(0x40, 0x03, 0x4138, 0, b""), (0x40, 0x04, 0x0008, 0, b""), (0x40, 0x01, 0x0303, 0, b"")}


class PL2303(Bridge):
    VENDOR, PRODUCT, NAME, DRIVER, RELEASE = 0x067B, 0x2303, "USB-Serial Controller", "pl2303", 0x0300
    ENDPOINTS = (descriptors.interrupt_endpoint(NEWS_IN, 10, 1), *Bridge.ENDPOINTS)
    SETTINGS = {(0x21, 0x20, 0, 0, bytes.fromhex("80250000000008")), (0x21, 0x22, 3, 0, b"")}


class CP210x(Bridge):
    VENDOR, PRODUCT, NAME, DRIVER = 0x10C4, 0xEA60, "CP2102 USB to UART Bridge", "cp210x"
    SETTINGS = {(0x41, 0x00, 1, 0, b""), (0x41, 0x1E, 0, 0, bytes.fromhex("80250000")), (0x41, 0x03, 0x0800, 0, b""),
                (0x41, 0x07, 0x0303, 0, b"")}

    def answer(self, request, value, length):
        # The kernel's driver asks for the part's number: a CP2102.
        return b"\x02".ljust(length, b"\0") if request == 0xFF else bytes(length)


class CH34x(Bridge):
    VENDOR, PRODUCT, NAME, DRIVER, RELEASE = 0x1A86, 0x7523, "USB Serial", "ch341", 0x0264
    ENDPOINTS = (*Bridge.ENDPOINTS, descriptors.interrupt_endpoint(NEWS_IN, 8, 1))
    SETTINGS = {(0x40, 0x9A, 0x1312, 0xB282, b""), (0x40, 0x9A, 0x2518, 0x00C3, b""), (0x40, 0xA4, 0xFF9F, 0, b"")}

    def answer(self, request, value, length):
        return {0x5F: b"\x31\x00", 0x95: b"\x9f\xee"}.get(request, bytes(length))[:length]


BRIDGES = (FTDI, PL2303, CP210x, CH34x)


class PoleDisplay(PL2303):
    """A display of two lines of twenty characters in Epson's dialect behind a PL2303, which takes what `heard` holds and
    shows it as DM-D110's specification says."""

    COLUMNS, ROWS = 20, 2
    PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858"}

    @property
    def lines(self):
        cells = [[" "] * self.COLUMNS for _ in range(self.ROWS)]
        page, column, row, bytes_left = "cp437", 0, 0, list(self.heard)
        while bytes_left:
            byte = bytes_left.pop(0)
            if byte == 0x0C:
                cells, column, row = [[" "] * self.COLUMNS for _ in range(self.ROWS)], 0, 0
            elif byte == 0x1B:
                command = bytes_left.pop(0)
                if command == 0x74:
                    page = self.PAGES[bytes_left.pop(0)]
            elif byte == 0x1F:
                command = bytes_left.pop(0)
                if command == 0x24:
                    column, row = bytes_left.pop(0) - 1, bytes_left.pop(0) - 1
                elif command in (0x43, 0x45, 0x58):
                    bytes_left.pop(0)
            else:
                cells[row][column] = bytes([byte]).decode(page)
                column = min(column + 1, self.COLUMNS - 1)
        return ["".join(row).rstrip() for row in cells]
