"""What a technician is told by `countertop debug`."""

import json
import pathlib
import tempfile

from devices.keyboard import Keyboard, KeyboardWedge
from devices.scanner import HIDPOSScanner
from devices.waiting import until
from lab import driver
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


@scenario("debug list names the command that tells what is missing when the technician may not open a scanner")
def debug_list_without_rights(lab):
    scanner = lab.plug(HIDPOSScanner())
    lab.start_edge(group=None)
    lab.until_listed(scanner, "FAILED")
    told = listed(lab, scanner, as_root=False)
    for words in ("may open    no", "sudo countertop doctor"):
        expect(words in told, f"{words!r} is not in\n{told}")


class OPOSScanner(HIDPOSScanner):
    """A Zebra scanner in the mode IBM hand-held, by its number. Its report descriptor is not published: this one says no more
    than that there are 64 bytes."""

    VENDOR, PRODUCT = 0x05E0, 0x1300

    def __init__(self):
        super().__init__(report_descriptor=bytes.fromhex("0600FF0901A101150026FF007508954009018102C0"))


def explained(edge, *arguments):
    """The exit status of `debug explain` with root's rights, and for each device its findings by their codes."""
    answer = edge.run("debug", "explain", "--json", "--edge", edge.socket, *arguments, as_root=True)
    records = [json.loads(line) for line in answer.stdout.splitlines()]
    return answer.returncode, {record["device"]["path"]: {finding["code"]: finding for finding in record["findings"]}
                               for record in records}


@scenario("debug explain names a wrong mode and the setting to scan, and finds nothing wrong with the scanner beside it")
def explains_mode(lab):
    wrong, right = lab.plug(OPOSScanner()), lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(right, "READY")
    status, found = explained(edge)
    expect_equal(status, 2, "the exit status of debug explain")
    expect("SNAPI" in found[wrong.path]["wrong_mode"]["fix"], f"the setting is not in {found[wrong.path]}")
    expect_equal([finding["severity"] for finding in found[right.path].values()], ["note"], "what is wrong with the other")
    expect_equal(explained(edge, right.path)[0], 0, "the exit status for that one alone")
    text = edge.run("debug", "explain", "--edge", edge.socket, as_root=True).stdout
    expect(all(len(line) <= 80 for line in text.splitlines()), f"a line is longer than 80 columns in\n{text}")


@scenario("debug explain names the edge that reads a scanner, and by its process a technician's verb that holds it")
def explains_holder(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, found = explained(edge)
    expect("in_use" in found[scanner.path], f"the edge is not named in {found[scanner.path]}")
    edge.stop()
    with lab.debug_watch() as told:
        told("ready, used as a scanner")
        _, found = explained(edge)
        expect("A countertop (process" in found[scanner.path]["held_by_edge"]["what"],
               f"the program is not named in {found[scanner.path]}")


@scenario("debug explain finds sleep that the kernel may send a scanner to, and the missing driver after a kill")
def explains_kernel(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    edge.kill()
    until(lambda: driver(scanner) is None, "the kernel has let the scanner go")
    pathlib.Path(f"/sys/bus/usb/devices/{scanner.path}/power/control").write_text("auto")
    _, found = explained(edge)
    for code in ("autosuspend", "interface_driverless", "edge_not_running"):
        expect(code in found[scanner.path], f"{code} is not in {found[scanner.path]}")


@scenario("debug watch beside a running edge shows what the edge reads, who it was, and takes nothing from the till")
def watched_through_the_edge(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    with lab.debug_watch("--edge", edge.socket) as told:
        told("lane        1")
        scanner.scan(b"CU00000KARINORDAS", "]Q1")
        said = told("is Kari Nord")
        expect("decoded data" in said, f"the report's fields are not in\n{said}")
        expect_equal(watch.scan().data, b"CU00000KARINORDAS", "the till's scan")
    expect_equal(driver(scanner), "usbfs", "the driver afterwards")


@scenario("debug record and debug descriptor beside a running edge show what the edge reads, and the file plays without it")
def recorded_through_the_edge(lab):
    scanner, other = lab.plug(HIDPOSScanner()), lab.plug(KeyboardWedge())
    edge = lab.start_edge()
    for device in (scanner, other):
        lab.until_listed(device, "READY")
    _, watch = lab.till_at_lane()
    shown = edge.run("debug", "descriptor", scanner.path, "--edge", edge.socket, as_root=True)
    expect("report descriptor of 127 bytes" in shown.stdout, f"no descriptor is in\n{shown.stdout}{shown.stderr}")
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/scans.pcapng"
        with lab.debugging("record", file, "--device", scanner.path, "--edge", edge.socket) as told:
            told("used as a scanner")
            for label in (b"RECORDED-1", b"RECORDED-2"):
                scanner.scan(label, "]C0")
                other.type("]C0NOT-RECORDED")
                told(label.decode())
            expect_equal([watch.scan().data for _ in range(4)].count(b"NOT-RECORDED"), 2, "the other's scans at the till")
        expect_equal(driver(scanner), "usbfs", "the driver afterwards")
        played = edge.run("debug", "replay", file, as_root=True)
    for word in ("RECORDED-1", "RECORDED-2", "0c2e:0967"):
        expect(word in played.stdout, f"{word} is not in\n{played.stdout}{played.stderr}")
    expect("NOT-RECORDED" not in played.stdout, "another device was recorded")


@scenario("debug test beside a running edge lets the scanner beep through it")
def tested_through_the_edge(lab):
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    answer = edge.run("debug", "test", scanner.path, "--pause", "0", "--edge", edge.socket, as_root=True)
    expect_equal(answer.returncode, 0, f"the exit status of debug test, which said\n{answer.stdout}{answer.stderr}")
    expect("good read" in scanner.beeps and "error" in scanner.beeps, f"it beeped {scanner.beeps}")


@scenario("a test code that a wedge of another country types tells the layout to set")
def explains_layout(lab):
    wedge = lab.plug(KeyboardWedge())
    edge = lab.start_edge()
    lab.until_listed(wedge, "READY")
    with lab.explaining(wedge, "zy-1") as ended:
        # The keys of a German scanner for "zy-1", by what they type on a keyboard of the United States.
        wedge.type("yz/1")
        status, said = ended()
    expect_equal(status, 2, "the exit status of debug explain")
    expect("layout: de" in said, f"the layout is not in\n{said}")
