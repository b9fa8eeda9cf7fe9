"""Sleep and resets: what becomes of a scanner that the kernel has put to sleep or reset."""

import errno
import fcntl
import os
import pathlib
import subprocess

import sample_store as sample
from devices.gadget import HIDGadget
from devices.keyboard import Keyboard
from devices.scanner import HIDPOSScanner
from devices.waiting import until
from lab import driver, node
from . import expect, expect_equal, scenario
from .scanning import taken

POWER = pathlib.Path("/sys/power")
USBDEVFS_RESET = ord("U") << 8 | 20


def fall_asleep_and_wake():
    """Has the kernel suspend its devices and wake them. The guest's own disk would not survive being asleep. So devices are
    suspended one after the other, the newest first, and vhci_hcd, which refuses while anything is plugged into it, ends it after
    every USB device and before the disk."""
    (POWER / "pm_async").write_text("0")
    state = os.open(POWER / "state", os.O_WRONLY)
    try:
        os.write(state, b"freeze")
    except OSError as error:
        expect_equal(error.errno, errno.EBUSY, "how the sleep ended")
    finally:
        os.close(state)


@scenario("a scanner reads on after the machine slept, without a new plug")
def suspended(lab):
    # It keeps vhci_hcd awake; its own sleep is nobody's matter.
    lab.plug(Keyboard())
    scanner = lab.plug(HIDGadget())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.PRODUCT, "]E0")
    before, = taken(watch, 1)
    number = node(scanner)
    for round_number in range(3):
        fall_asleep_and_wake()
        # The kernel took the edge's claim; a reset or a new opening brings it back.
        until(lambda: driver(scanner) == "usbfs", "the edge has taken it again")
        scanner.scan(f"AWAKE-{round_number}".encode(), "]C0")
        after, = taken(watch, 1)
        expect_equal(after.data, f"AWAKE-{round_number}".encode(), "the label afterwards")
    expect_equal(after.sequence, before.sequence + 3, "its number")
    expect_equal(node(scanner), number, "its node")
    log = subprocess.run(["dmesg"], capture_output=True, text=True).stdout
    expect("PM: suspend entry" in log and "reset high-speed USB device" in log, "the kernel tells of no sleep")


@scenario("a scanner that another program resets is taken again and reads on")
def reset_by_others(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    for round_number in range(3):
        file = os.open(node(scanner), os.O_RDWR)
        try:
            fcntl.ioctl(file, USBDEVFS_RESET)
        finally:
            os.close(file)
        lab.until_listed(scanner, "READY")
        scanner.scan(f"RESET-{round_number}".encode(), "]C0")
        scan, = taken(watch, 1)
        expect_equal(scan.data, f"RESET-{round_number}".encode(), "the label after the reset")
