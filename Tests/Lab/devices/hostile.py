"""Devices that break the rules. Each is a HID POS scanner in one thing that it does not do right."""

import random

from . import descriptors, usbip
from .scanner import IN, OUT, REPORT_DESCRIPTOR, HIDPOSScanner, scan_report


def without_report_descriptor():
    """Announces a report descriptor and refuses to give it."""
    scanner = HIDPOSScanner("BAD01")
    scanner.reports = {}
    return scanner


def with_half_a_report_descriptor():
    """Announces 127 bytes and gives 60 of them."""
    return HIDPOSScanner("BAD02", report_descriptor=REPORT_DESCRIPTOR[:60], declared_bytes=len(REPORT_DESCRIPTOR))


def with_noise_for_a_report_descriptor(seed):
    """Gives bytes that mean nothing."""
    return HIDPOSScanner("BAD03", report_descriptor=random.Random(seed).randbytes(127))


def with_endless_collections():
    """Opens collections to the end of its descriptor and closes none."""
    return HIDPOSScanner("BAD04", report_descriptor=bytes.fromhex("058C0902") + bytes.fromhex("A101") * 400)


def with_more_endpoints_declared_than_there_are():
    """Declares eight endpoints and has two, in a configuration that claims to be longer than it is."""
    interface = descriptors.hid_interface(
        0, len(REPORT_DESCRIPTOR), descriptors.interrupt_endpoint(IN, 64, 4),
        descriptors.interrupt_endpoint(OUT, 64, 1), endpoint_count=8)
    return HIDPOSScanner("BAD05", configuration=descriptors.configuration(interface, total=200))


def crooked_reports():
    """Reports of a length or with a count that the report descriptor does not allow, and one too long for its packet."""
    whole = scan_report(b"4006381333931", "]E0", False)
    yield whole[:7]
    yield b""
    yield bytes([whole[0]])
    yield bytes([whole[0], 0xFF]) + whole[2:]
    yield bytes([0x77]) + whole[1:]
    yield whole + bytes(40)


STALL = usbip.STALLED
