"""Who may open the devices, and what udev/60-countertop.rules does about it."""

import grp
import os
import pathlib
import pwd
import stat
import subprocess

from devices.display import Display
from devices.keyboard import Keyboard, KeyboardWedge
from devices.scanner import HIDPOSScanner
from devices.waiting import WAIT_SECONDS, until
from edge.process import GROUP
from lab import node
from . import expect, expect_equal, scenario

RULES = "60-countertop.rules"
RULES_FOLDER = pathlib.Path("/run/udev/rules.d")
COMMANDS = ("udevadm control --reload", "udevadm trigger")
DOCTOR = "sudo countertop doctor"


@scenario("without the right to a device the edge says so, and which command tells what gives it the right")
def no_permission(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge(group=None)
    listed = lab.until_listed(scanner, "FAILED")
    for word in ("may not open its node", DOCTOR):
        expect(word in listed.explanation, f"{word!r} is not in {listed.explanation!r}")
    edge.wait_for_log(DOCTOR)


@scenario("an edge that was refused a device takes it as soon as it may")
def permission_given_later(lab):
    scanner = lab.plug(HIDPOSScanner())
    path = until(lambda: os.path.exists(node(scanner)) and node(scanner), "the device has a node")
    settle()
    os.chmod(path, 0o600)
    lab.start_edge()
    lab.until_listed(scanner, "FAILED")
    os.chmod(path, 0o660)
    lab.until_listed(scanner, "READY")


@scenario("the udev rules give scanners and displays to the group, and keep them awake")
def rules_apply(lab):
    for device in (HIDPOSScanner(), KeyboardWedge(), Display()):
        lab.plug(device)
        settle()
        expect_equal(owner(node(device)), ("root", GROUP, 0o660), f"the owner of a {type(device).__name__}'s node")
        for hidraw in nodes_of_hid(device):
            expect_equal(owner(hidraw), ("root", GROUP, 0o660), f"the owner of {hidraw}")
        control = power_control(device)
        control.write_text("auto")
        subprocess.run(["udevadm", "trigger", "--settle", f"/sys/bus/usb/devices/{device.path}"], check=True)
        expect_equal(control.read_text().strip(), "on", "the power control")
        device.unplug()


@scenario("the udev rules take effect without a new plug by the two commands that stand in them, and the edge takes it all")
def rules_apply_later(lab):
    rules = RULES_FOLDER / RULES
    text = rules.read_text()
    for command in COMMANDS:
        expect(f'"{command}"' in text, f"{command!r} is not what the rules say")
    rules.unlink()
    try:
        run_all(COMMANDS[:1])
        devices = [lab.plug(kind()) for kind in (HIDPOSScanner, KeyboardWedge, Display)]
        settle()
        lab.start_edge()
        for device in devices:
            expect(owner(node(device))[1:] != (GROUP, 0o660), f"the {type(device).__name__} is the group's without rules")
            lab.until_listed(device, "FAILED")
            power_control(device).write_text("auto")
    finally:
        rules.write_text(text)
    run_all(COMMANDS)
    settle()
    for device in devices:
        expect_equal(owner(node(device)), ("root", GROUP, 0o660), f"the owner of a {type(device).__name__}'s node")
        expect_equal(power_control(device).read_text().strip(), "on", "the power control")
    for device in devices:
        lab.until_listed(device, "READY")


@scenario("the udev rules leave other people's keyboards to root")
def rules_pass_over(lab):
    keyboard = lab.plug(Keyboard())
    settle()
    expect(owner(node(keyboard))[1] != GROUP, "the keyboard's node belongs to the group")
    for hidraw in nodes_of_hid(keyboard):
        expect_equal(owner(hidraw)[:2], ("root", "root"), f"the owner of {hidraw}")


@scenario("udev finds nothing to complain of in the rules")
def rules_are_sound(lab):
    said = tested(lab.plug(HIDPOSScanner()))
    complaints = [line for line in said.splitlines() if RULES in line and any(
        word in line.lower() for word in ("invalid", "unknown", "ignoring", "failed", "error"))]
    expect_equal(complaints, [], "what udev says of the rules")
    expect(f"Reading rules file: /run/udev/rules.d/{RULES}" in said, "udev does not read the rules")


def power_control(device):
    return pathlib.Path(f"/sys/bus/usb/devices/{device.path}/power/control")


def run_all(commands):
    for command in commands:
        subprocess.run(command.split(), check=True, timeout=WAIT_SECONDS)


def settle():
    subprocess.run(["udevadm", "settle", f"--timeout={WAIT_SECONDS}"], check=True)


def tested(device):
    done = subprocess.run(
        ["udevadm", "test", f"/sys/bus/usb/devices/{device.path}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=True, timeout=WAIT_SECONDS)
    return done.stdout


def nodes_of_hid(device):
    found = pathlib.Path(f"/sys/bus/usb/devices/{device.path}").glob("*/*/hidraw/hidraw*")
    return [f"/dev/{entry.name}" for entry in found]


def owner(path):
    found = os.stat(path)
    return pwd.getpwuid(found.st_uid).pw_name, grp.getgrgid(found.st_gid).gr_name, stat.S_IMODE(found.st_mode)
