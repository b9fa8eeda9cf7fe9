"""Scanners behind USB-serial cables."""

import os
import pathlib

import sample_store as sample
from devices.bridge import BRIDGES, FTDI
from devices.waiting import until
from lab import driver, lend
from . import expect, expect_equal, scenario
from .scanning import LONG_LABEL, taken


def named(*kinds):
    """The configuration that makes them scanners."""
    return "serial_scanners:\n" + "".join(
        f'  - device: "{kind.VENDOR:04x}:{kind.PRODUCT:04x}"\n    dialect: datalogic\n' for kind in kinds)


def open_by_kernel(cable):
    """Has the kernel's own driver open the line, with 9600 8N1: what it asks the chip is what the edge is to ask."""
    folder = pathlib.Path(f"/sys/bus/usb/devices/{cable.path}:1.0")
    name = until(lambda: next((entry.name for entry in folder.glob("ttyUSB*")), None), "the line has a terminal")
    until(lambda: os.path.exists(f"/dev/{name}"), "the terminal has a node")
    terminal = os.open(f"/dev/{name}", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        cable.wait(lambda: cable.SETTINGS <= set(cable.asked), f"the kernel asks for {cable.SETTINGS}")
    finally:
        os.close(terminal)


@scenario("scanners behind FTDI, PL2303, CP210x and CH34x cables are read, each line set by its chip's own requests")
def bridges_to_till(lab):
    cables = [lab.plug(kind()) for kind in BRIDGES]
    for cable in cables:
        until(lambda: driver(cable) == cable.DRIVER, f"the kernel drives the {cable.NAME}")
        lend(cable)
        open_by_kernel(cable)
        cable.asked.clear()
    edge = lab.start_edge(settings=named(*BRIDGES))
    _, watch = lab.till_at_lane()
    for cable in cables:
        lab.until_listed(cable, "READY")
        expect_equal(driver(cable), "usbfs", "the driver while the edge runs")
        expect(cable.SETTINGS <= set(cable.asked), f"{cable.SETTINGS} is not among what was asked: {cable.asked}")
        for label in (sample.PRODUCT, LONG_LABEL):
            cable.scan(label)
            scan, = taken(watch, 1)
            expect_equal((scan.data, scan.device), (label, cable.path), f"the label behind the {cable.NAME}")
    expect_equal(edge.stop(), 0, "the exit status")
    for cable in cables:
        until(lambda: driver(cable) == cable.DRIVER, f"the kernel drives the {cable.NAME} again")


@scenario("a USB-serial cable that nobody has named keeps its driver, and is listed with the line to add")
def cable_is_left_alone(lab):
    cable = lab.plug(FTDI())
    until(lambda: driver(cable) == FTDI.DRIVER, "the kernel drives the cable")
    lab.start_edge()
    listed = lab.until_listed(cable, "NOT_CLAIMED")
    expect("0403:6001" in listed.explanation and "serial_scanners" in listed.explanation,
           f"the line to add is not in {listed.explanation!r}")
    expect_equal(driver(cable), FTDI.DRIVER, "the cable's driver")


@scenario("a cable pulled in mid-scan and plugged in again is set anew, and loses the cut label and no other")
def cable_pulled(lab):
    cable = lab.plug(FTDI())
    lend(cable)
    lab.start_edge(settings=named(FTDI))
    lab.until_listed(cable, "READY")
    _, watch = lab.till_at_lane()
    cable.scan(b"CUT-O", terminator=b"")
    cable.wait(lambda: not cable.has_queued, "the first half is read")
    cable.unplug()
    lab.until_gone(cable)
    cable.asked.clear()
    lab.plug(cable)
    lend(cable)
    lab.until_listed(cable, "READY")
    expect(FTDI.SETTINGS <= set(cable.asked), f"the line was not set anew: {cable.asked}")
    cable.scan(b"WHOLE")
    expect_equal([scan.data for scan in taken(watch, 1)], [b"WHOLE"], "the label after the plug was put back")
