"""Scans on their way from a device's report to a till."""

import sample_store as sample
from devices.keyboard import KEYS, KeyboardWedge
from devices.scanner import HIDPOSScanner
from lab import LANE
from till.messages import messages
from . import expect, expect_equal, scenario

LONG_LABEL = b"https://example.com/a-label-of-three-reports?" + b"0123456789" * 9
BASKET = "lab-basket"


def told(scan):
    """What a scan says, without what differs from run to run."""
    return (scan.data, messages.enum("Symbology", scan.symbology), scan.aim,
            messages.enum("ResolutionKind", scan.resolution.kind), messages.enum("Attachment", scan.attachment))


def taken(watch, count):
    """The next scans, of which it is sure that none was left out and none came twice."""
    scans = [watch.scan() for _ in range(count)]
    numbers = [scan.sequence for scan in scans]
    expect_equal(numbers, list(range(numbers[0], numbers[0] + count)), "the numbers of the scans")
    expect(not any(scan.expired for scan in scans), "a scan came too late to be acted upon")
    return scans


@scenario("the scans of a HID POS scanner reach the till once each and in order, with symbology and customer")
def scanner_to_till(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket=BASKET)
    scanner.scan(sample.PRODUCT, "]E0")
    scanner.scan(sample.CARD, "]Q1")
    scanner.scan(LONG_LABEL, "]d1")
    scanner.scan(sample.UNKNOWN, "]C0")
    scanner.scan(sample.PRODUCT, "]E0")
    scans = taken(watch, 5)
    expect_equal([told(scan) for scan in scans], [
        (sample.PRODUCT, "EAN13", "]E0", "PRODUCT", "NONE"),
        (sample.CARD, "QRCODE", "]Q1", "CUSTOMER", "ATTACHED"),
        (LONG_LABEL, "DATAMATRIX", "]d1", "UNKNOWN", "NONE"),
        (sample.UNKNOWN, "CODE128", "]C0", "UNKNOWN", "NONE"),
        (sample.PRODUCT, "EAN13", "]E0", "PRODUCT", "NONE"),
    ], "what the till was told")
    expect_equal(scans[0].resolution.gtin, sample.PRODUCT_GTIN, "the product")
    expect_equal(scans[1].resolution.customer.first_name, sample.FIRST_NAME, "the customer")
    expect_equal({scan.device for scan in scans}, {scanner.path}, "where the scans come from")
    lane = watch.until_lane(lambda lane: lane.basket.customer.id)
    expect_equal(lane.basket.customer.id, scans[1].resolution.customer.id, "the customer in the basket")
    till.call("Lanes/Acknowledge", lane=LANE, epoch=scans[-1].epoch, sequence=scans[-1].sequence)


@scenario("the scans of a keyboard wedge reach the till once each and in order, with symbology and customer")
def wedge_to_till(lab):
    lab.start_edge()
    wedge = lab.plug(KeyboardWedge())
    lab.until_listed(wedge, "READY")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket=BASKET)
    wedge.type("]E0" + sample.PRODUCT.decode())
    wedge.type("]Q1" + sample.CARD.decode())
    wedge.type("]C0" + sample.UNKNOWN.decode())
    every_character = "".join(sorted(KEYS))
    wedge.type("]d1" + every_character)
    scans = taken(watch, 4)
    expect_equal([told(scan) for scan in scans], [
        (sample.PRODUCT, "EAN13", "]E0", "PRODUCT", "NONE"),
        (sample.CARD, "QRCODE", "]Q1", "CUSTOMER", "ATTACHED"),
        (sample.UNKNOWN, "CODE128", "]C0", "UNKNOWN", "NONE"),
        (every_character.encode(), "DATAMATRIX", "]d1", "UNKNOWN", "NONE"),
    ], "what the till was told")
    expect_equal(scans[1].resolution.customer.first_name, sample.FIRST_NAME, "the customer")


@scenario("a customer found by a telephone number is the customer that the till is told of")
def phone_to_till(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.PHONE, "]Q1")
    scan, = taken(watch, 1)
    expect_equal(messages.enum("IdentifierType", scan.resolution.identifier_type), "PHONE", "what the code is taken for")
    expect_equal(messages.enum("Attachment", scan.attachment), "HELD", "what became of the customer without a basket")
    till = lab.till()
    found = till.call("Customers/Resolve", code=sample.PHONE)
    expect_equal(scan.resolution.customer.id, found.customer.id, "the customer")


@scenario("a till that comes back after its scans were made takes each of them once")
def till_comes_back(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    till, watch = lab.till_at_lane()
    scanner.scan(sample.PRODUCT, "]E0")
    first, = taken(watch, 1)
    till.close()
    observer = lab.till().watch(LANE, role=2)
    observer.until_lane(lambda lane: lane.till_away_ms)
    scanner.scan(sample.UNKNOWN, "]C0")
    scanner.scan(LONG_LABEL, "]d1")
    seen = [observer.scan().data for _ in range(2)]
    expect_equal(seen, [sample.UNKNOWN, LONG_LABEL], "what an observer sees")
    again = lab.till().watch(LANE, epoch=first.epoch, after_sequence=first.sequence)
    expect_equal([scan.data for scan in taken(again, 2)], [sample.UNKNOWN, LONG_LABEL], "what the till takes")
