"""Descriptors (USB 2.0, section 9.6; HID 1.11, section 6.2.1), as bytes."""

import struct

HID_CLASS = 3
BULK, INTERRUPT = 2, 3


def device(vendor, product, release=0x0100, packet_bytes=64, usb=0x0110):
    """A device of one configuration with the strings 1 (maker), 2 (product) and 3 (serial number)."""
    return struct.pack("<BBHBBBBHHHBBBB", 18, 1, usb, 0, 0, 0, packet_bytes, vendor, product, release, 1, 2, 3, 1)


def configuration(*interfaces, total=None):
    """A bus-powered configuration. `total` declares another length than it has."""
    body = b"".join(interfaces)
    length = 9 + len(body) if total is None else total
    return struct.pack("<BBHBBBBB", 9, 2, length, len(interfaces), 1, 0, 0xA0, 200) + body


def hid_interface(number, report_bytes, *endpoints, subclass=0, protocol=0, endpoint_count=None):
    """An interface of the HID class that announces a report descriptor of `report_bytes`."""
    count = len(endpoints) if endpoint_count is None else endpoint_count
    interface = struct.pack("<9B", 9, 4, number, 0, count, HID_CLASS, subclass, protocol, 0)
    return interface + struct.pack("<BBHBBBH", 9, 0x21, 0x0110, 0, 1, 0x22, report_bytes) + b"".join(endpoints)


def interface(number, code, *endpoints, subclass=0, protocol=0):
    """An interface of any class."""
    return struct.pack("<9B", 9, 4, number, 0, len(endpoints), code, subclass, protocol, 0) + b"".join(endpoints)


def cdc_control_interface(number, data_number, *endpoints):
    """An abstract control model (USB CDC 1.2, section 5.2.3; PSTN 1.2, section 5.3) for the data of another interface."""
    head = struct.pack("<9B", 9, 4, number, 0, len(endpoints), 2, 2, 1, 0)
    functions = (bytes([5, 0x24, 0, 0x10, 0x01]) + bytes([5, 0x24, 1, 0, data_number]) + bytes([4, 0x24, 2, 0x02])
                 + bytes([5, 0x24, 6, number, data_number]))
    return head + functions + b"".join(endpoints)


def bulk_endpoint(address, packet_bytes):
    return struct.pack("<BBBBHB", 7, 5, address, BULK, packet_bytes, 0)


def interrupt_endpoint(address, packet_bytes, interval):
    return struct.pack("<BBBBHB", 7, 5, address, INTERRUPT, packet_bytes, interval)


def string(text):
    encoded = text.encode("utf-16-le")
    return bytes([2 + len(encoded), 3]) + encoded


LANGUAGES = bytes([4, 3, 0x09, 0x04])
