"""Scanners of the known families in shapes that the other scenarios do not have."""

import sample_store as sample
from devices.layouts import AnnouncingScanner, AnsweringScanner, BackwardScanner, BitmapWedge
from devices.zebra import EAN13, QR, SNAPIScanner
from edge.configuration import lane, model
from lab import lend
from . import expect, expect_equal, scenario
from .packets import symbology
from .scanning import LONG_LABEL, taken


@scenario("HID POS scanners whose reports lie otherwise are read by their descriptors: without ids and count, or in two reports")
def other_layouts(lab):
    scanners = [lab.plug(kind()) for kind in (BackwardScanner, AnnouncingScanner)]
    for scanner in scanners:
        lend(scanner)
    lab.start_edge(lanes=[lane("1", *map(model, (BackwardScanner, AnnouncingScanner)))])
    _, watch = lab.till_at_lane()
    for scanner in scanners:
        listed = lab.until_listed(scanner, "READY")
        expect_equal(listed.mode, "HID POS", f"the mode of the {type(scanner).__name__}")
        labels = [(sample.PRODUCT, "]E0"), (LONG_LABEL[:80], "]d1"), (b"A" * scanner.DATA, "]C0"), (b"A", "]C0")]
        for data, aim in labels:
            scanner.scan(data, aim)
        scans = taken(watch, len(labels))
        expect_equal([(scan.data, scan.aim) for scan in scans], labels, f"the labels of the {type(scanner).__name__}")


@scenario("a wedge with a bit for each key behind a report id, in an interface that is no boot keyboard's, is read")
def bitmap_wedge(lab):
    wedge = lab.plug(BitmapWedge())
    lab.start_edge(lanes=[lane("1", model(BitmapWedge))])
    lab.until_listed(wedge, "READY")
    _, watch = lab.till_at_lane()
    wedge.type("]E0" + sample.PRODUCT.decode())
    wedge.type_at_once("]C0AABBcc-1122/")
    scans = taken(watch, 2)
    expect_equal([(scan.data, scan.aim) for scan in scans], [(sample.PRODUCT, "]E0"), (b"AABBcc-1122/", "]C0")], "the labels")


@scenario("SNAPI: large labels are counted with two bytes, each packet acknowledged, and joined")
def snapi_large(lab):
    scanner = lab.plug(SNAPIScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    label = b"0123456789ABCDEF" * 120
    scanner.scan_large(label, QR)
    scanner.scan(sample.PRODUCT, EAN13)
    scans = taken(watch, 2)
    expect_equal([(scan.data, symbology(scan)) for scan in scans], [(label, "QRCODE"), (sample.PRODUCT, "EAN13")], "the labels")


@scenario("SNAPI: a label that is sent again because its acknowledgement failed is one scan, and read again it is another")
def snapi_resent(lab):
    scanner = lab.plug(SNAPIScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    for refused in (0, 1):
        scanner.refused_acknowledgements = refused
        if refused:
            before = scanner.requests.count((0x21, 9))
            scanner.send_label(sample.PRODUCT, EAN13)
            scanner.wait(lambda: scanner.requests.count((0x21, 9)) > before, "the acknowledgement is refused")
        scanner.scan(sample.PRODUCT, EAN13)
    scanner.scan(b"LAST")
    scans = taken(watch, 3)
    expect_equal([scan.data for scan in scans], [sample.PRODUCT, sample.PRODUCT, b"LAST"], "the labels")


@scenario("debug watch learns the revision of a Honeywell scanner in HID POS mode, whose answer is no scan")
def answering_pos(lab):
    scanner = lab.plug(AnsweringScanner())
    with lab.debug_watch() as told:
        told("Product Name: Voyager 1602g")
        scanner.scan(sample.PRODUCT, "]E0")
        before = told("  scan  ").split("  scan  ")[0]
    expect(sample.PRODUCT.decode() in before, f"a scan came before the report of the only label:\n{before}")
