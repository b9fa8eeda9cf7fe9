"""Kernel drivers: taken while the edge needs the device, given back, and left alone."""

import pathlib
import struct

from devices.display import Display
from devices.keyboard import Keyboard, KeyboardWedge
from devices.makers import DatalogicCOM
from devices.scanner import HIDPOSScanner
from devices.waiting import until
from lab import driver
from . import expect, expect_equal, scenario

# A struct input_event: the time, then type, code and value.
EVENT = struct.Struct("qqHHi")
KEY_EVENT, KEY_DOWN = 1, 1


@scenario("a keyboard beside the wedge keeps its driver and is listed as not claimed, with the line to add")
def keyboard_is_left_alone(lab):
    keyboard, wedge = lab.plug(Keyboard()), lab.plug(KeyboardWedge())
    lab.start_edge()
    lab.until_listed(wedge, "READY")
    listed = lab.until_listed(keyboard, "NOT_CLAIMED")
    expect("04d9:1603" in listed.explanation and "keyboards" in listed.explanation,
           f"the line to add is not in {listed.explanation!r}")
    expect_equal([driver(keyboard, 0), driver(keyboard, 1)], ["usbhid", "usbhid"], "the keyboard's drivers")
    expect_equal(typed_keys(keyboard, "ok"), [24, 37], "the keys that reach the console")


@scenario("the edge takes its devices from the kernel's driver, and gives them back when it is told to stop")
def given_back_at_the_end(lab):
    devices = [lab.plug(device) for device in (HIDPOSScanner(), KeyboardWedge(), Display())]
    for device in devices:
        until(lambda: driver(device) == "usbhid", "the kernel drives the device")
    edge = lab.start_edge()
    for device in devices:
        lab.until_listed(device, "READY")
        expect_equal(driver(device), "usbfs", "the driver while the edge runs")
    expect_equal(edge.stop(), 0, "the exit status")
    for device in devices:
        until(lambda: driver(device) == "usbhid", "the kernel drives the device again")


@scenario("a device plugged in again is taken from the kernel's driver again, and given back at the end")
def given_back_after_plugging(lab):
    edge = lab.start_edge()
    wedge = lab.plug(KeyboardWedge())
    lab.until_listed(wedge, "READY")
    wedge.unplug()
    lab.until_gone(wedge)
    lab.plug(wedge)
    lab.until_listed(wedge, "READY")
    expect_equal(driver(wedge), "usbfs", "the driver while the edge runs")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: driver(wedge) == "usbhid", "the kernel drives the wedge again")


@scenario("an edge that was killed is followed by one that reads the same scanner")
def killed(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    edge.kill()
    lab.restart_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(b"AFTER", "]C0")
    expect_equal(watch.scan().data, b"AFTER", "the scan")


@scenario("after an edge was killed, give-back binds the kernel's drivers again, with the edge's rights alone")
def given_back_after_a_kill(lab):
    drivers = {HIDPOSScanner: ["usbhid"], KeyboardWedge: ["usbhid", "usbhid"], DatalogicCOM: ["cdc_acm", "cdc_acm"]}
    devices = [lab.plug(kind()) for kind in drivers]
    edge = lab.start_edge()
    for device in devices:
        lab.until_listed(device, "READY")
    edge.kill()
    for device in devices:
        until(lambda: driver(device) is None, f"the kernel has let {type(device).__name__} go")
    told = edge.run("debug", "list", "--edge", edge.socket, as_root=True).stdout
    expect("has no kernel driver: countertop give-back" in told, f"no interface without a driver is named in\n{told}")
    given = edge.run("give-back")
    expect_equal(given.returncode, 0, f"the exit status of give-back, which said\n{given.stdout}{given.stderr}")
    for device in devices:
        expected = drivers[type(device)]
        until(lambda: [driver(device, number) for number in range(len(expected))] == expected,
              f"{type(device).__name__} has its drivers again")
    again = edge.run("give-back")
    expect_equal(again.stdout, "Every known device has its drivers.\n", "what a second give-back says")


@scenario("give-back takes nothing from a running edge")
def give_back_beside_an_edge(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    expect_equal(edge.run("give-back").returncode, 0, "the exit status of give-back")
    expect_equal(driver(scanner), "usbfs", "the driver while the edge runs")
    _, watch = lab.till_at_lane()
    scanner.scan(b"STILL-READ", "]C0")
    expect_equal(watch.scan().data, b"STILL-READ", "the scan after give-back")


def typed_keys(keyboard, text):
    """Types on a keyboard and returns what its kernel driver makes of it, as key codes."""
    interface = pathlib.Path(f"/sys/bus/usb/devices/{keyboard.path}/{keyboard.path}:1.0")
    name = until(lambda: next((entry.name for entry in interface.glob("*/input/input*/event*")), None),
                 "the keyboard has an input node")
    until(lambda: pathlib.Path("/dev/input", name).exists(), "the input node is there")
    with open(f"/dev/input/{name}", "rb", buffering=0) as events:
        keyboard.type(text, terminator=None)
        codes = []
        while len(codes) < len(text):
            _, _, kind, code, value = EVENT.unpack(events.read(EVENT.size))
            if (kind, value) == (KEY_EVENT, KEY_DOWN):
                codes.append(code)
    return codes
