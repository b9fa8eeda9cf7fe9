"""Devices that are more than one thing, or less than they seem."""

import sample_store as sample
from devices.composite import CameraDisplay, DecoyKeyboard, DoubleScanner
from devices.waiting import until
from edge.configuration import lane, model
from lab import LANE, driver
from . import expect, expect_equal, scenario
from .scanning import taken


@scenario("a scanner that gives every label as HID POS and as keys as well gives each scan once")
def delivers_twice(lab):
    scanner = lab.plug(DoubleScanner())
    lab.start_edge(lanes=[lane("1", model(DoubleScanner))])
    lab.until_listed(scanner, "READY")
    expect_equal([driver(scanner, 0), driver(scanner, 1)], ["usbfs", "usbfs"], "the drivers while the edge runs")
    _, watch = lab.till_at_lane()
    labels = ["4006381333931", "4006381333931", "CARD-1"]
    for label in labels:
        scanner.scan(label, "]C0")
    scanner.wait(lambda: not scanner.has_queued, "both interfaces are read")
    scanner.scan("LAST", "]C0")
    scans = taken(watch, len(labels) + 1)
    expect_equal([scan.data.decode() for scan in scans], [*labels, "LAST"], "the labels, each once")


@scenario("a keyboard whose settings use the page of scanners is no scanner: both its drivers stay, and it is written nothing")
def decoy(lab):
    keyboard = lab.plug(DecoyKeyboard())
    until(lambda: [driver(keyboard, 0), driver(keyboard, 1)] == ["usbhid", "usbhid"], "the kernel drives it")
    before = len(keyboard.sent)
    lab.start_edge()
    listed = lab.until_listed(keyboard, "NOT_CLAIMED")
    expect_equal([driver(keyboard, 0), driver(keyboard, 1)], ["usbhid", "usbhid"], "its drivers")
    expect("keyboards:" in listed.explanation, f"the line to add is not in {listed.explanation!r}")
    expect_equal(keyboard.sent[before:], [], "what was written to it")


@scenario("the camera in a display reads as that display's scanner, and its display greets")
def camera(lab):
    display = lab.plug(CameraDisplay())
    lab.start_edge(lanes=[lane("1", model(CameraDisplay))])
    listed = lab.until_listed(display, "READY")
    expect_equal((listed.display_rows, listed.display_columns), (2, 20), "its size")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket="lab-basket")
    display.wait(lambda: display.lines == ["Welcome", "Lab Store"], "the display shows the store's name")
    display.scan(sample.CARD, "]Q1")
    scan, = taken(watch, 1)
    expect_equal((scan.data, scan.device), (sample.CARD, display.path), "the scan")
    display.wait(lambda: display.lines[0] == f"Welcome, {sample.FIRST_NAME}!", "it greets the customer")
