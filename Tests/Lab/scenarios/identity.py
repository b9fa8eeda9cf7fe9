"""Which scanner is which: by port, whatever its number, its serial and the state of its cable."""

from devices.scanner import HIDPOSScanner
from edge.configuration import lane, model
from . import expect_equal, scenario
from .scanning import taken


class HoneywellTwin(HIDPOSScanner):
    """One of several scanners that all tell the same serial number, as cheap ones do."""

    def __init__(self):
        super().__init__(serial="0000")


class SwitchedScanner(HIDPOSScanner):
    """The same scanner after the code for HID POS was scanned: another number, everything else as before."""

    PRODUCT = 0x0B87


def at_port(device):
    return f'"{device.path}"'


@scenario("two scanners that cannot be told apart keep their lanes by their ports, in whatever order they come back")
def twins(lab):
    first, second = lab.plug(HoneywellTwin()), lab.plug(HoneywellTwin())
    lab.start_edge(lanes=[lane("1", at_port(first)), lane("2", at_port(second))])
    till = lab.till()
    watches = {name: till.watch(name) for name in ("1", "2")}
    for round_number in range(2):
        for device, name in ((first, "1"), (second, "2")):
            lab.until_listed(device, "READY")
            label = f"LANE-{name}-{round_number}".encode()
            device.scan(label, "]C0")
            expect_equal(watches[name].scan().data, label, f"the scan of lane {name}")
        for device in (first, second):
            device.unplug()
        for device in (first, second):
            lab.until_gone(device)
        for device in (second, first):
            lab.plug(device)


@scenario("a scanner that was switched to another mode comes back at its port with another number, and in its lane")
def mode_switch(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge(lanes=[lane("1", at_port(scanner))])
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(b"BEFORE", "]C0")
    before, = taken(watch, 1)
    scanner.unplug()
    lab.until_gone(scanner)
    switched = SwitchedScanner()
    switched.port = scanner.port
    lab.plug(switched)
    listed = lab.until_listed(switched, "READY")
    expect_equal((listed.product_id, listed.lane), (SwitchedScanner.PRODUCT, "1"), "its number and lane")
    switched.scan(b"AFTER", "]C0")
    after, = taken(watch, 1)
    expect_equal((after.data, after.sequence), (b"AFTER", before.sequence + 1), "the scan after the switch")


@scenario("a spark that drops the port again and again costs no restart: the scanner reads when it stays")
def sparks(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge(lanes=[lane("1", model(HIDPOSScanner))])
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    for _ in range(10):
        # The edge is in the middle of opening it when it goes again.
        scanner.unplug()
        lab.plug(scanner)
    lab.until_listed(scanner, "READY")
    scanner.scan(b"AFTER-THE-SPARKS", "]C0")
    scan, = taken(watch, 1)
    expect_equal((scan.data, scan.sequence), (b"AFTER-THE-SPARKS", 1), "the scan afterwards")
