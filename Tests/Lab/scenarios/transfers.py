"""Transfers that do not end as they should."""

import sample_store as sample
from devices import hostile
from devices.scanner import IN, HIDPOSScanner
from devices.waiting import until
from . import expect, expect_equal, scenario

SEED = 20_261_125


def ready(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    return scanner, edge, watch


@scenario("an endpoint that stalls is cleared, and the next label is read")
def stall_cleared(lab):
    scanner, _, watch = ready(lab)
    scanner.cleared.clear()
    scanner.send(IN, hostile.STALL)
    scanner.wait(lambda: IN in scanner.cleared, "the halt of the endpoint is cleared")
    scanner.scan(sample.PRODUCT, "]E0")
    expect_equal(watch.scan().data, sample.PRODUCT, "the label after the stall")


@scenario("an endpoint that stalls in the middle of a label costs that label alone")
def stall_in_a_label(lab):
    scanner, _, watch = ready(lab)
    scanner.scan(b"x" * 100, "]Q1", parts=1)
    scanner.send(IN, hostile.STALL)
    scanner.wait(lambda: IN in scanner.cleared, "the halt of the endpoint is cleared")
    scanner.scan(sample.PRODUCT, "]E0")
    expect_equal(watch.scan().data, sample.PRODUCT, "the label after the stall")


@scenario("a scanner that does not answer when its halt is cleared holds up no other scanner")
def held_halt(lab):
    sick, _, watch = ready(lab)
    well = lab.plug(HIDPOSScanner(serial="HP002"))
    lab.until_listed(well, "READY")
    sick.holds_clears = True
    sick.send(IN, hostile.STALL)
    sick.wait(lambda: IN in sick.cleared, "the halt of the endpoint is cleared")
    well.scan(sample.PRODUCT, "]E0")
    expect_equal(watch.scan().data, sample.PRODUCT, "the label of the other scanner")
    expect(sick.is_holding, "the other scanner's label came only when the kernel had given the sick one up")
    sick.holds_clears = False


@scenario("an endpoint that stalls without end is given up with an explanation, and the edge works on")
def stalls_for_ever(lab):
    scanner, edge, _ = ready(lab)
    for _ in range(200):
        scanner.send(IN, hostile.STALL)
    listed = lab.until_listed(scanner, "FAILED")
    expect(listed.explanation, "the edge does not say why")
    expect(lab.till().call("Health/Check").version, "the edge does not answer")
    expect(edge.is_running, "the edge ended")


@scenario("a write that the device never takes ends with the device, and the next device is served")
def write_dies_with_device(lab):
    scanner, edge, watch = ready(lab)
    scanner.holds_writes = True
    scanner.scan(sample.PRODUCT, "]E0")
    watch.scan()
    scanner.wait(lambda: scanner.beeps, "the beep is on its way")
    scanner.unplug()
    lab.until_gone(scanner)
    until(lambda: not edge.open_device_nodes, "the node is closed")
    scanner.holds_writes = False
    lab.plug(scanner)
    lab.until_listed(scanner, "READY")
    scanner.scan(sample.UNKNOWN, "]C0")
    expect_equal(watch.scan().data, sample.UNKNOWN, "the label after the plug was put back")


@scenario("reports too short, too long and with false counts are passed over, and the next label is read")
def crooked_reports(lab):
    scanner, _, watch = ready(lab)
    for report in hostile.crooked_reports():
        scanner.send(IN, report)
    scanner.wait(lambda: not scanner.has_queued, "the crooked reports are read")
    scanner.scan(sample.UNKNOWN, "]C0")
    expect_equal(watch.scan().data, sample.UNKNOWN, "the only label")


@scenario("devices with descriptors that lie are explained, and the scanner beside them is read")
def lying_descriptors(lab):
    print(f"seed {SEED}")
    scanner, edge, watch = ready(lab)
    liars = [
        hostile.without_report_descriptor(), hostile.with_half_a_report_descriptor(),
        hostile.with_noise_for_a_report_descriptor(SEED), hostile.with_endless_collections(),
    ]
    for liar in liars:
        lab.plug(liar)
        listed = lab.until_listed(liar, "FAILED", "NOT_CLAIMED")
        expect(listed.explanation, "the edge does not say why")
        liar.unplug()
        lab.until_gone(liar)
    exaggerator = lab.plug(hostile.with_more_endpoints_declared_than_there_are())
    lab.until_listed(exaggerator, "READY")
    for number, device in enumerate((scanner, exaggerator)):
        device.scan(f"LABEL-{number}".encode(), "]C0")
        expect_equal(watch.scan().data, f"LABEL-{number}".encode(), "the label")
    expect(edge.is_running, "the edge ended")
