"""Transfers that do not end as they should."""

import time

import sample_store as sample
from devices import hostile, usbip
from devices.composite import CameraDisplay
from devices.scanner import IN, HIDPOSScanner
from devices.waiting import until
from edge.configuration import lane, model
from lab import LANE
from . import expect, expect_equal, scenario

SEED = 20_261_125
# What the edge forgives an endpoint before it gives its device up (HubLimits.stallsMax).
STALLS_FORGIVEN = 5
# The kernel's usbhid sets the idle rate and then asks for a report descriptor four times, each for five seconds.
REQUESTS_OF_KERNEL = 5
# What a label may take while another device is mute. A guest takes less than a second.
LABEL_SECONDS = 3


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


def reads_throughout(sick, well, watch):
    """Has a scanner read one label after another until the kernel has given the sick one up."""
    count = 0
    while sick.held_count < REQUESTS_OF_KERNEL or sick.is_holding:
        label = f"LABEL-{count}".encode()
        began = time.monotonic()
        well.scan(label, "]C0")
        expect_equal(watch.scan().data, label, "the label of the other scanner")
        took = time.monotonic() - began
        expect(took < LABEL_SECONDS, f"label {count} of the other scanner took {took:.1f} s")
        count += 1
    print(f"{count} labels were read while the kernel waited for the mute device")


@scenario("a scanner that is mute when the kernel gets it back holds up no other scanner, and is used when it answers")
def mute_when_given_back(lab):
    sick, _, watch = ready(lab)
    well = lab.plug(HIDPOSScanner(serial="HP002"))
    lab.until_listed(well, "READY")
    for number in range(STALLS_FORGIVEN):
        sick.cleared.clear()
        sick.send(IN, hostile.STALL)
        sick.wait(lambda: IN in sick.cleared, f"halt {number} is cleared")
    sick.is_mute = True
    sick.send(IN, hostile.STALL)
    sick.wait(lambda: sick.is_holding, "the kernel asks the device that it was given back")
    reads_throughout(sick, well, watch)
    sick.is_mute = False
    lab.until_listed(sick, "READY")
    sick.scan(b"SICK-NO-MORE", "]C0")
    expect_equal(watch.scan().data, b"SICK-NO-MORE", "the label of the scanner that was mute")


@scenario("a scanner that is mute when it is plugged in holds up no other scanner, and is used when it answers")
def mute_at_arrival(lab):
    well, _, watch = ready(lab)
    sick = HIDPOSScanner(serial="HP002")
    sick.is_mute_to_classes = True
    lab.plug(sick)
    sick.wait(lambda: sick.is_holding, "the kernel asks the device that arrived")
    reads_throughout(sick, well, watch)
    sick.is_mute_to_classes = False
    lab.until_listed(sick, "READY")
    sick.scan(b"SICK-NO-MORE", "]C0")
    expect_equal(watch.scan().data, b"SICK-NO-MORE", "the label of the scanner that was mute")


@scenario("a halt that a display with a camera does not answer for holds up no other scanner, though its camera sends on")
def held_halt_beside_reading(lab):
    sick = lab.plug(CameraDisplay())
    well = lab.plug(HIDPOSScanner())
    lab.start_edge(lanes=[lane("1", model(CameraDisplay), model(HIDPOSScanner))])
    for device in (sick, well):
        lab.until_listed(device, "READY")
    till, watch = lab.till_at_lane()
    sick.wait(lambda: sick.lines == ["Welcome", "Lab Store"], "the display shows the store's name")
    sick.holds_clears = True
    sick.write_status = usbip.STALLED
    till.call("Lanes/Show", lane=LANE, lines=["ANOTHER"], duration_ms=60_000)
    sick.wait(lambda: sick.is_holding, "the halt of the display is cleared")
    # A report that comes while the kernel waits.
    sick.scan(b"CAMERA", "]C0")
    began = time.monotonic()
    well.scan(sample.PRODUCT, "]E0")
    expect_equal(watch.scan().data, sample.PRODUCT, "the first label")
    expect(time.monotonic() - began < LABEL_SECONDS, "the other scanner was held up")
    expect(sick.is_holding, "the other scanner's label came only when the kernel had given the sick one up")
    sick.holds_clears, sick.write_status = False, 0
    expect_equal(watch.scan().data, b"CAMERA", "the label of the camera")


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


@scenario("reports too short, too long and with false counts are passed over, and the next labels are read")
def crooked_reports(lab):
    scanner, _, watch = ready(lab)
    for report in hostile.crooked_reports():
        scanner.send(IN, report)
    scanner.wait(lambda: not scanner.has_queued, "the crooked reports are read")
    # The last of them was babble, behind which the first label may be the rest of one, unless a second has passed.
    scanner.scan(b"BEHIND-BABBLE", "]C0")
    scanner.scan(sample.UNKNOWN, "]C0")
    labels = [watch.scan().data]
    if labels == [b"BEHIND-BABBLE"]:
        labels.append(watch.scan().data)
    expect_equal(labels[-1], sample.UNKNOWN, "the label that is read in any case")


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
