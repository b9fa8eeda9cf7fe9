"""What the edge says back: beeps, and the customer display."""

import sample_store as sample
from devices.display import Display
from devices.scanner import PREVENT_READ, TRIGGER, HIDPOSScanner
from lab import LANE
from . import expect, expect_equal, scenario

IDLE = ["Welcome", "Lab Store"]
GREETING = [f"Welcome, {sample.FIRST_NAME}!", f"Bonuses {sample.BONUSES}"]


@scenario("a scanner gives its good beep for a customer and its error beep for a code that nobody knows")
def beeps(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.CARD, "]Q1")
    watch.scan()
    scanner.wait(lambda: scanner.beeps == ["good read"], "the scanner gives its good beep")
    scanner.scan(sample.UNKNOWN, "]C0")
    watch.scan()
    scanner.wait(lambda: scanner.beeps == ["good read", "error"], "the scanner gives its error beep")


@scenario("a HID POS scanner is told to read nothing while its lane is disarmed, and to read again")
def disarmed(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    till, watch = lab.till_at_lane()
    till.call("Lanes/DisarmScanner", lane=LANE)
    scanner.wait(lambda: bytes([TRIGGER, PREVENT_READ]) in [data for _, data in scanner.sent], "it is told to read nothing")
    # A scanner that reads on all the same is not heard.
    scanner.scan(b"DISARMED", "]C0")
    scanner.wait(lambda: not scanner.has_queued, "the label is read")
    till.call("Lanes/ArmScanner", lane=LANE)
    scanner.wait(lambda: scanner.sent[-1][1] == bytes([TRIGGER, 0]), "it is told to read again")
    scanner.scan(b"ARMED", "]C0")
    expect_equal(watch.scan().data, b"ARMED", "the only scan")


@scenario("a Honeywell scanner in HID POS mode beeps as its descriptor offers, and is told the rest behind report FD")
def honeywell_told(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    answer = edge.run("debug", "test", scanner.path, "--pause", "0", "--edge", edge.socket, as_root=True)
    expect_equal(answer.returncode, 0, f"the exit status of debug test, which said\n{answer.stdout}{answer.stderr}")
    told = [data for _, data in list(scanner.sent)]
    expect("good read" in scanner.beeps, f"it was told no good read in {told}")
    # SYN U CR lets go of the trigger: FD, the length and the word in 64 bytes.
    expect(b"\xfd\x03\x16U\r".ljust(64, b"\0") in told, f"it was not told to let go of its trigger in {told}")
    _, watch = lab.till_at_lane()
    scanner.scan(b"AFTER", "]C0")
    expect_equal(watch.scan().data, b"AFTER", "the scan after it")


def greets(lab, display):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    lab.until_listed(display, "READY")
    display.wait(lambda: display.lines == IDLE, "the display shows the store's name")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket="lab-basket")
    scanner.scan(sample.CARD, "]Q1")
    watch.scan()
    display.wait(lambda: display.lines == GREETING, "the display greets the customer by the first name")


@scenario("a display with an OUT endpoint greets the customer by the first name")
def greets_by_endpoint(lab):
    display = lab.plug(Display())
    greets(lab, display)
    expect_equal({endpoint for endpoint, _ in display.sent}, {2}, "the endpoint that was written to")


@scenario("a display without an OUT endpoint greets the customer by the first name")
def greets_by_control(lab):
    display = lab.plug(Display(has_out_endpoint=False))
    greets(lab, display)
    expect_equal({endpoint for endpoint, _ in display.sent}, {0}, "the endpoint that was written to")


@scenario("a display that was without power shows again what it showed")
def shows_again(lab):
    display = lab.plug(Display())
    greets(lab, display)
    display.unplug()
    lab.until_gone(display)
    lab.plug(display)
    display.wait(lambda: display.lines == GREETING, "the display shows the greeting again")
