"""Scanners on serial lines."""

import sample_store as sample
from devices.serial import CDCScanner
from devices.waiting import until
from lab import LANE, driver
from . import expect, expect_equal, scenario
from .scanning import BASKET, LONG_LABEL, taken


@scenario("the scans of a CDC scanner reach the till once each and in order, and its line is set and opened")
def cdc_to_till(lab):
    scanner = lab.plug(CDCScanner())
    lab.start_edge()
    listed = lab.until_listed(scanner, "READY")
    expect_equal(listed.mode, "CDC serial", "its mode")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket=BASKET)
    for label in (sample.PRODUCT, sample.CARD, LONG_LABEL, sample.UNKNOWN):
        scanner.scan(label)
    scans = taken(watch, 4)
    expect_equal([scan.data for scan in scans], [sample.PRODUCT, sample.CARD, LONG_LABEL, sample.UNKNOWN], "the labels")
    expect_equal(scans[1].resolution.customer.first_name, sample.FIRST_NAME, "the customer")
    expect_equal(scanner.coding, (115_200, 0, 0, 8), "how the line was set")


@scenario("two labels of a CDC scanner in one packet, and one in pieces, come apart and whole")
def cdc_packets(lab):
    scanner = lab.plug(CDCScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(b"FIRST\rSECOND\r\nTHI", terminator=b"")
    scanner.scan(b"RD", terminator=b"\r\n")
    expect_equal([scan.data for scan in taken(watch, 3)], [b"FIRST", b"SECOND", b"THIRD"], "the labels")


@scenario("a CDC scanner pulled in mid-scan and plugged in again loses the cut label and no other")
def cdc_pulled(lab):
    scanner = lab.plug(CDCScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.PRODUCT)
    before, = taken(watch, 1)
    scanner.scan(b"CUT-O", terminator=b"")
    scanner.wait(lambda: not scanner.has_queued, "the first half is read")
    scanner.unplug()
    lab.until_gone(scanner)
    scanner.lines = 0
    lab.plug(scanner)
    lab.until_listed(scanner, "READY")
    scanner.scan(b"WHOLE")
    after, = taken(watch, 1)
    expect_equal(after.data, b"WHOLE", "the scan after the plug was put back")
    expect_equal(after.sequence, before.sequence + 1, "its number")


@scenario("the edge takes a CDC scanner from cdc_acm, and gives both its interfaces back when it is told to stop")
def cdc_given_back(lab):
    scanner = lab.plug(CDCScanner())
    until(lambda: driver(scanner) == "cdc_acm", "the kernel drives the line")
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    expect_equal([driver(scanner, 0), driver(scanner, 1)], ["usbfs", "usbfs"], "the drivers while the edge runs")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: [driver(scanner, 0), driver(scanner, 1)] == ["cdc_acm", "cdc_acm"], "the kernel drives the line again")
