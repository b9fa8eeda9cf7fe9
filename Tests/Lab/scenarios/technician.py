"""What a technician is told by `countertop debug list`."""

from devices.keyboard import Keyboard
from devices.scanner import HIDPOSScanner
from . import expect, expect_equal, scenario


def entry_of(device, listing):
    """The lines that a listing has for one device."""
    lines = listing.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith(device.path + " ")), None)
    expect(first is not None, f"nothing is listed at {device.path}:\n{listing}")
    rest = next((number for number in range(first + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    return "\n".join(lines[first:rest])


def listed(lab, device, as_root):
    answer = lab.edge.run("debug", "list", as_root=as_root)
    expect_equal(answer.returncode, 0, "the exit status of debug list")
    return entry_of(device, answer.stdout)


@scenario("debug list tells of the edge's scanner and of a keyboard left alone, and takes neither")
def debug_list(lab):
    scanner, keyboard = lab.plug(HIDPOSScanner()), lab.plug(Keyboard())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    told = listed(lab, scanner, as_root=True)
    for words in ("0c2e:0967", "HID POS", "usbfs", "may open    yes"):
        expect(words in told, f"{words!r} is not in\n{told}")
    told = listed(lab, keyboard, as_root=True)
    for words in ("04d9:1603", "not claimed", "usbhid", "keyboards:"):
        expect(words in told, f"{words!r} is not in\n{told}")
    _, watch = lab.till_at_lane()
    scanner.scan(b"STILL-READ", "]C0")
    expect_equal(watch.scan().data, b"STILL-READ", "the scan after the listing")


@scenario("debug list names the rule to install when the technician may not open a scanner")
def debug_list_without_rights(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge(group=None)
    lab.until_listed(scanner, "FAILED")
    told = listed(lab, scanner, as_root=False)
    for words in ("may open    no", "60-countertop.rules", "countertop"):
        expect(words in told, f"{words!r} is not in\n{told}")
