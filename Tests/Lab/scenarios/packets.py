"""Scanners that speak in packets, in their makers' own framing, or take commands."""

import sample_store as sample
from devices.makers import DatalogicCOM, HoneywellCOM, MetrologicOneWay, MetrologicTwoWay, Opticon
from devices.zebra import CODE128, DECODE_DATA, EAN13, QR, REFUSE, RESENT, SNAPIScanner, SSIScanner, SymbolCOM, packet
from lab import LANE
from till.messages import messages
from . import expect, expect_equal, scenario
from .scanning import BASKET, LONG_LABEL, taken

SSI = 'serial_scanners:\n  - device: "05e0:1701"\n    dialect: ssi\n'


def symbology(scan):
    return messages.enum("Symbology", scan.symbology)


@scenario("SSI: each label is acknowledged and has its symbology, and one sent again is no second scan")
def ssi_to_till(lab):
    scanner = lab.plug(SSIScanner())
    lab.start_edge(settings=SSI)
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.wait(lambda: (0xC6, 0, b"\xFF\xEE\x01") in scanner.told, "packets are asked for")
    scanner.scan(sample.PRODUCT, EAN13)
    scanner.scan(sample.PRODUCT, EAN13, status=RESENT)
    scanner.scan(LONG_LABEL, QR, parts=(30, 40))
    first, second = taken(watch, 2)
    expect_equal([(scan.data, symbology(scan)) for scan in (first, second)],
                 [(sample.PRODUCT, "EAN13"), (LONG_LABEL, "QRCODE")], "the labels")
    scanner.wait(lambda: scanner.acknowledgements == 5, "each packet is acknowledged")


@scenario("SSI: a garbled packet is asked for again and then taken, even if the label before was the same")
def ssi_garbled(lab):
    scanner = lab.plug(SSIScanner())
    lab.start_edge(settings=SSI)
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(b"SAME", CODE128)
    garbled = bytearray(packet(DECODE_DATA, bytes([CODE128]) + b"SAME"))
    garbled[6] ^= 1
    scanner.send_line(bytes(garbled))
    scanner.wait(lambda: (REFUSE, 0, b"\x01") in scanner.told, "the packet is asked for again")
    scanner.scan(b"SAME", CODE128, status=RESENT)
    expect_equal([scan.data for scan in taken(watch, 2)], [b"SAME", b"SAME"], "the labels")


@scenario("SSI: a scanner that acknowledges no order is asked twice more with the bit set, and reads all the same")
def ssi_deaf(lab):
    scanner = SSIScanner()
    scanner.is_deaf = True
    lab.plug(scanner)
    lab.start_edge(settings=SSI)
    lab.until_listed(scanner, "READY")
    order = b"\xFF\xEE\x01"
    scanner.wait(lambda: scanner.told.count((0xC6, RESENT, order)) == 2, "the order is sent twice more")
    expect_equal(scanner.told.count((0xC6, 0, order)), 1, "how often the order was sent for the first time")
    _, watch = lab.till_at_lane()
    scanner.scan(b"READ", CODE128)
    expect_equal(watch.scan().data, b"READ", "the label")


@scenario("SSI: debug test lets a scanner beep, shine, aim, pull its trigger and read nothing, through the edge")
def ssi_tested(lab):
    scanner = lab.plug(SSIScanner())
    edge = lab.start_edge(settings=SSI)
    lab.until_listed(scanner, "READY")
    answer = edge.run("debug", "test", scanner.path, "--pause", "0", "--edge", edge.socket, as_root=True)
    expect_equal(answer.returncode, 0, f"the exit status of debug test, which said\n{answer.stdout}{answer.stderr}")
    told = [opcode for opcode, _, _ in scanner.told]
    # BEEP, LED_ON, LED_OFF, AIM_ON, AIM_OFF, START_SESSION, STOP_SESSION, SCAN_ENABLE, SCAN_DISABLE.
    expect_equal({0xE6, 0xE7, 0xE8, 0xC5, 0xC4, 0xE4, 0xE5, 0xE9, 0xEA} - set(told), set(), "what it was not told")
    reading = [opcode for opcode in told if opcode in (0xE9, 0xEA)]
    expect_equal(reading, [0xEA, 0xE9], "what it was told of reading")


@scenario("SNAPI: a scanner that waits for each acknowledgement gives long labels whole, and beeps for a customer")
def snapi_to_till(lab):
    scanner = lab.plug(SNAPIScanner())
    lab.start_edge()
    listed = lab.until_listed(scanner, "READY")
    expect_equal(listed.mode, "SNAPI", "its mode")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket=BASKET)
    scanner.scan(LONG_LABEL, QR)
    scanner.scan(sample.CARD, QR)
    scans = taken(watch, 2)
    expect_equal([(scan.data, symbology(scan)) for scan in scans], [(LONG_LABEL, "QRCODE"), (sample.CARD, "QRCODE")],
                 "the labels")
    scanner.wait(lambda: scanner.beeps, "it beeps")


@scenario("SNAPI: a scanner is told to read nothing while its lane is disarmed, and to read again")
def snapi_disarmed(lab):
    scanner = lab.plug(SNAPIScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    till, _ = lab.till_at_lane()
    till.call("Lanes/DisarmScanner", lane=LANE)
    scanner.wait(lambda: (0, b"\x06\x00") in scanner.sent, "it is told to read nothing")
    till.call("Lanes/ArmScanner", lane=LANE)
    scanner.wait(lambda: (0, b"\x06\x01") in scanner.sent, "it is told to read again")


@scenario("the makers' own serial modes of Symbol, Metrologic and Opticon are read")
def makers_to_till(lab):
    scanners = [lab.plug(kind()) for kind in (SymbolCOM, MetrologicOneWay, MetrologicTwoWay, Opticon)]
    lab.start_edge()
    _, watch = lab.till_at_lane()
    for scanner in scanners:
        lab.until_listed(scanner, "READY")
        for label in (sample.PRODUCT, LONG_LABEL):
            scanner.scan(label)
            scan, = taken(watch, 1)
            expect_equal((scan.data, scan.device), (label, scanner.path), f"the label of {type(scanner).__name__}")


@scenario("a Datalogic scanner beeps, is disabled while its lane is disarmed, and its answers are no scans")
def datalogic_commands(lab):
    scanner = lab.plug(DatalogicCOM())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    till, watch = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket=BASKET)
    scanner.scan(sample.CARD)
    taken(watch, 1)
    scanner.wait(lambda: scanner.heard, "it is told to beep")
    till.call("Lanes/DisarmScanner", lane=LANE)
    scanner.wait(lambda: not scanner.is_enabled, "it is disabled")
    till.call("Lanes/ArmScanner", lane=LANE)
    scanner.wait(lambda: scanner.is_enabled, "it is enabled again")
    scanner.send_line(b"\x01\x02STATISTICS\r12\r\x03\x04")
    scanner.scan(b"AFTER")
    expect_equal(watch.scan().data, b"AFTER", "the next scan after an answer")


@scenario("debug watch names a line's mode and bytes, and learns a Honeywell scanner's revision, which is no scan")
def honeywell_watched(lab):
    scanner = lab.plug(HoneywellCOM())
    with lab.debug_watch("--tell", "goodRead") as told:
        told("revision    Product Name: Voyager 1602g")
        scanner.wait(lambda: b"\x16\x07\r" in scanner.heard, "it is told to beep")
        scanner.scan(sample.PRODUCT)
        said = told("scan  unknown  " + sample.PRODUCT.decode())
    expect("mode        CDC serial" in said, f"the mode is not in\n{said}")
    expect(f'text: "{sample.PRODUCT.decode()}<0d>"' in said, f"the bytes are not in\n{said}")
    expect_equal(said.count("  scan  "), 1, "the number of scans")
