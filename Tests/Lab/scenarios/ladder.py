"""Scanners and displays that take nothing of what they are sent: each step of Recovery.md, as the device sees it."""

import sample_store as sample
from devices.display import Display
from devices.scanner import OUT, HIDPOSScanner
from lab import LANE
from . import expect, expect_equal, scenario

# Requests as a device sees them: SET_CONFIGURATION, which follows a reset, and SET_IDLE, with which the kernel's usbhid begins.
CONFIGURE, KERNEL_TAKES_IT = (0x00, 9), (0x21, 0x0A)


@scenario("a scanner that takes no orders has its halt cleared, is reset, is opened anew, and beeps when it listens again")
def scanner_climbs(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.holds_writes = True
    count = 0

    def order():
        """A label for which the scanner is told to beep. The first one after a reset may be dropped, with a beep too."""
        nonlocal count
        before = len(scanner.sent)
        scanner.scan(f"UNKNOWN-{count}".encode(), "]C0")
        scanner.wait(lambda: len(scanner.sent) > before and not scanner.is_holding, "the order is given up")
        count += 1

    scanner.cleared.clear()
    order(), order()
    scanner.wait(lambda: OUT in scanner.cleared, "the halt of its OUT endpoint is cleared")
    configured = scanner.requests.count(CONFIGURE)
    order(), order()
    scanner.wait(lambda: scanner.requests.count(CONFIGURE) > configured, "it is reset")
    taken = scanner.requests.count(KERNEL_TAKES_IT)
    order(), order()
    scanner.wait(lambda: scanner.requests.count(KERNEL_TAKES_IT) > taken, "the kernel gets it back")
    lab.until_listed(scanner, "READY")
    order(), order()
    edge.wait_for_log("The scanner takes no orders")
    scanner.holds_writes = False
    before = len(scanner.sent)
    scanner.scan(sample.UNKNOWN, "]C0")
    scanner.wait(lambda: len(scanner.sent) > before, "it beeps")
    labels = [watch.scan().data]
    while labels[-1] != sample.UNKNOWN:
        labels.append(watch.scan().data)
    expect(len(labels) >= count - 1 and labels[0] == b"UNKNOWN-0", f"only {labels} were read of {count + 1} labels")
    expect_equal(edge.log.count("The scanner takes no orders"), 1, "how often the edge tells of it")


@scenario("a display that takes nothing is reset and opened anew, slows no scan of its lane, and shows its text when it listens")
def display_climbs(lab):
    display, scanner = lab.plug(Display(has_out_endpoint=False)), lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    lab.until_listed(display, "READY")
    till, watch = lab.till_at_lane()
    display.wait(lambda: display.lines == ["Welcome", "Lab Store"], "the display shows the store's name")
    configured, taken = (display.requests.count(request) for request in (CONFIGURE, KERNEL_TAKES_IT))
    display.holds_writes = True
    till.call("Lanes/Show", lane=LANE, lines=["ANOTHER"], duration_ms=3_600_000)
    display.wait(lambda: display.is_holding, "the display is written to")
    scanner.scan(sample.PRODUCT, "]E0")
    expect_equal(watch.scan().data, sample.PRODUCT, "the label beside a display that takes nothing")
    display.wait(lambda: display.requests.count(CONFIGURE) > configured, "it is reset")
    display.wait(lambda: display.requests.count(KERNEL_TAKES_IT) > taken, "the kernel gets it back")
    edge.wait_for_log("The display takes no text")
    display.holds_writes = False
    till.call("Lanes/Show", lane=LANE, lines=["AT LAST"], duration_ms=60_000)
    display.wait(lambda: display.lines[0] == "AT LAST", "the display shows the next text")
