"""Plugs pulled and put back."""

import sample_store as sample
from devices.keyboard import KeyboardWedge
from devices.scanner import HIDPOSScanner
from devices.waiting import until
from . import expect, expect_equal, scenario
from .scanning import LONG_LABEL, taken

CYCLES = 50
# The memory is looked at after each so many cycles.
WINDOW = 10
# What a window may add, in the best of them: a process grows in jumps now and then, and something that is forgotten in each
# cycle makes every window grow. A forgotten transfer of 16 KiB a cycle would be 160 KiB.
GROWTH_BYTES_MAX = 80 << 10


@scenario("a HID POS scanner pulled in mid-scan and plugged in again loses the cut label and no other")
def scanner_pulled(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.PRODUCT, "]E0")
    before, = taken(watch, 1)
    scanner.scan(LONG_LABEL, "]d1", parts=2)
    scanner.wait(lambda: not scanner.has_queued, "the first two reports are read")
    scanner.unplug()
    lab.until_gone(scanner)
    lab.plug(scanner)
    lab.until_listed(scanner, "READY")
    scanner.scan(sample.UNKNOWN, "]C0")
    after, = taken(watch, 1)
    expect_equal(after.data, sample.UNKNOWN, "the scan after the plug was put back")
    expect_equal(after.sequence, before.sequence + 1, "its number")
    expect_equal(after.device, before.device, "where it comes from")


@scenario("a keyboard wedge pulled in mid-scan and plugged in again loses the cut label and no other")
def wedge_pulled(lab):
    wedge = lab.plug(KeyboardWedge())
    lab.start_edge()
    lab.until_listed(wedge, "READY")
    _, watch = lab.till_at_lane()
    wedge.type("]E0" + sample.PRODUCT.decode())
    before, = taken(watch, 1)
    wedge.type("]C0CUT-O", terminator=None)
    wedge.wait(lambda: not wedge.has_queued, "the first half is read")
    wedge.unplug()
    lab.until_gone(wedge)
    lab.plug(wedge)
    lab.until_listed(wedge, "READY")
    wedge.type("]C0WHOLE")
    after, = taken(watch, 1)
    expect_equal(after.data, b"WHOLE", "the scan after the plug was put back")
    expect_equal(after.sequence, before.sequence + 1, "its number")


@scenario("two scanners of one lane, pulled and plugged in again in turn, give each scan once")
def both_pulled(lab):
    scanner, wedge = lab.plug(HIDPOSScanner()), lab.plug(KeyboardWedge())
    lab.start_edge()
    _, watch = lab.till_at_lane()
    made, told = [], []
    for number in range(3):
        for device, send in ((scanner, lambda label: scanner.scan(label, "]C0")),
                             (wedge, lambda label: wedge.type("]C0" + label.decode()))):
            lab.until_listed(device, "READY")
            label = f"{type(device).__name__}-{number}".encode()
            send(label)
            made.append(label)
            told.append(watch.scan())
            device.unplug()
            lab.until_gone(device)
            lab.plug(device)
    expect_equal([scan.data for scan in told], made, "what the till was told")
    expect_equal([scan.sequence for scan in told], list(range(1, len(made) + 1)), "the numbers of the scans")


@scenario("fifty times unplugged and plugged in, a scanner reads each time, and the edge keeps nothing of it")
def fifty_cycles(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    _, watch = lab.till_at_lane()
    files, memory = None, []
    for cycle in range(CYCLES):
        lab.until_listed(scanner, "READY")
        scanner.scan(f"CYCLE-{cycle}".encode(), "]C0")
        expect_equal(watch.scan().data, f"CYCLE-{cycle}".encode(), "the scan of this cycle")
        scanner.unplug()
        lab.until_gone(scanner)
        # The kernel may be asked to take a device back that is being pulled: its node is closed behind that.
        until(lambda: not edge.open_device_nodes, "the node of the device that is gone is closed")
        if (cycle + 1) % WINDOW == 0:
            files = files or edge.open_files
            memory.append(edge.memory_bytes)
        if cycle + 1 < CYCLES:
            lab.plug(scanner)
    expect_equal(len(edge.open_files), len(files), "the number of open files")
    growths = [after - before for before, after in zip(memory, memory[1:])]
    expect(min(growths) < GROWTH_BYTES_MAX, f"the edge grew in every window: by {growths} bytes")
