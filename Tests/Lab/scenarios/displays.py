"""Customer displays on serial lines."""

import statistics
import time

import sample_store as sample
from devices.bridge import PoleDisplay
from devices.display import Display
from devices.poles import POLES, CD5220Pole, WincorPole
from devices.scanner import HIDPOSScanner
from devices.waiting import until
from edge.configuration import lane, model
from lab import LANE, driver, lend
from . import expect, expect_equal, scenario

SETTINGS = """\
serial_displays:
  - {device: "067b:2303", dialect: epson}
display: {language: nb, texts: {idle: ["Hei på", "{store}"]}}
"""


@scenario("a display behind a PL2303 greets the customer with every letter, and its chip is given back")
def greets_in_epson(lab):
    display = lab.plug(PoleDisplay())
    until(lambda: driver(display) == "pl2303", "the kernel drives the line")
    lend(display)
    scanner = lab.plug(HIDPOSScanner())
    edge = lab.start_edge(settings=SETTINGS)
    lab.until_listed(display, "READY")
    lab.until_listed(scanner, "READY")
    display.wait(lambda: display.lines == ["Hei på", "Lab Store"], "the display shows the store's own words")
    till, _ = lab.till_at_lane()
    till.call("Lanes/OpenBasket", lane=LANE, basket="B-1")
    scanner.scan(sample.CARD, "]Q1")
    display.wait(lambda: display.lines[0] == f"Velkommen, {sample.FIRST_NAME}!", "the display greets the customer")
    expect_equal(display.SETTINGS - set(display.asked), set(), "what the chip was not told")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: driver(display) == "pl2303", "the kernel drives the line again")


@scenario("a display blinks, brightens and shows a cursor for as long as a till's text stands, and a long line runs")
def shows_effects(lab):
    display = lab.plug(PoleDisplay())
    lend(display)
    lab.start_edge(settings=SETTINGS.replace("texts:", "styles: {ready: {blink_ms: 500}}, texts:"))
    lab.until_listed(display, "READY")
    display.wait(lambda: display.lines == ["Hei på", "Lab Store"], "the display shows the store's own words")
    till, _ = lab.till_at_lane()
    before, line = len(display.heard), "A line that is much too long"
    answer = till.call(
        "Lanes/Show", lane=LANE, lines=[line], duration_ms=5_000,
        effects=dict(blink_ms=1_000, brightness=4, marquee_ms=500, cursor_row=2, cursor_column=3),
        windows=[dict(row=2, column=16, rows=1, columns=5, lines=["12,50"])])
    expect_equal(list(answer.lacking), [], "what the display lacks")
    display.wait(
        lambda: display.lines[1] == "               12,50" and display.lines[0] != line[:20].rstrip()
        and display.lines[0] in f"{line}   {line}", "the line runs")
    told = display.heard[before:]
    expect(told.startswith(bytes([0x1F, 0x58, 4, 0x1F, 0x45, 20])), f"brightness and blinking are not first in {told!r}")
    cursor = bytes([0x1F, 0x24, 3, 2, 0x1F, 0x43, 1])
    expect(cursor in told, f"the cursor is not in {told!r}")
    expect_equal(told.count(b"12,50"), 1, "how often the row that stands is written")
    display.wait(lambda: display.lines == ["Hei på", "Lab Store"], "the display shows its own text again")
    told = display.heard[before:]
    expect(told.rindex(bytes([0x1F, 0x45, 0])) > told.rindex(cursor), "it does not stop blinking")
    expect(told.rindex(bytes([0x1F, 0x43, 0])) > told.rindex(cursor), "the cursor is still seen")


@scenario("displays of every dialect show whole rows: on CDC, FTDI, CP210x, PL2303 and CH34x, of 2x20, 4x20 and 2x40")
def every_dialect(lab):
    displays = [lab.plug(kind()) for kind in POLES]
    for display in displays:
        until(lambda: driver(display) == display.DRIVER, f"the kernel drives the line of the {display.NAME}")
        lend(display)
        display.asked = []
    names = [str(number) for number in range(1, len(displays) + 1)]
    edge = lab.start_edge(
        settings="serial_displays:\n" + "".join(kind.entry() for kind in POLES),
        lanes=[lane(name, model(kind)) for name, kind in zip(names, POLES)])
    till = lab.till()
    for name, display in zip(names, displays):
        listed = lab.until_listed(display, "READY")
        kind = type(display).__name__
        expect_equal((listed.display_rows, listed.display_columns), (display.ROWS, display.COLUMNS), f"the {kind}'s size")
        rest = [""] * (display.ROWS - 2)
        display.wait(lambda: display.shown == ["Welcome", "Lab Store", *rest], f"the {kind} shows the store's name")
        till.watch(name)
        lines = [f"ROW {row} OF {name}".ljust(display.COLUMNS - 1, ".") + "|" for row in range(display.ROWS)]
        till.call("Lanes/Show", lane=name, lines=lines, duration_ms=3_600_000)
        display.wait(lambda: display.shown == lines, f"the {kind} shows every cell of its {display.ROWS} rows")
        if display.HAS_PAGES:
            continue
        till.call("Lanes/Show", lane=name, lines=["Müller, Олена", "12,50 €"], duration_ms=3_600_000)
        display.wait(lambda: display.shown == ["Muller, Olena", "12,50 EUR", *rest], f"the {kind} shows readable letters")
    for display in displays:
        if isinstance(display, WincorPole):
            expect_equal(display.SETTINGS - set(display.asked), set(), "what the chip was not told of odd parity")
        if isinstance(display, CD5220Pole):
            expect_equal(display.coding, (9600, 0, 0, 8), "the line coding")
    expect_equal(edge.stop(), 0, "the exit status")
    for display in displays:
        until(lambda: driver(display) == display.DRIVER, f"the kernel drives the line of the {display.NAME} again")


@scenario("a display that never takes a write slows no scan of its lane")
def never_taken(lab):
    display, scanner = lab.plug(Display()), lab.plug(HIDPOSScanner())
    lab.start_edge()
    for device in (display, scanner):
        lab.until_listed(device, "READY")
    till, watch = lab.till_at_lane()
    display.wait(lambda: display.lines == ["Welcome", "Lab Store"], "the display shows the store's name")

    def timed(word):
        """How long the labels took that the display has to say something of."""
        times = []
        for number in range(30):
            began = time.monotonic()
            scanner.scan(f"{word}-{number}".encode(), "]C0")
            watch.scan()
            times.append(time.monotonic() - began)
        return times

    healthy = timed("HEALTHY")
    display.holds_writes = True
    till.call("Lanes/Show", lane=LANE, lines=["ANOTHER"], duration_ms=100)
    display.wait(lambda: display.is_holding, "the display is written to")
    sick = timed("SICK")
    medians = [statistics.median(times) for times in (healthy, sick)]
    print(f"medians {medians[0] * 1000:.1f} and {medians[1] * 1000:.1f} ms, longest {max(sick) * 1000:.0f} ms")
    expect(medians[1] < 2 * medians[0] + 0.02 and max(sick) < 1, f"scans took {sick} s, and {healthy} s before")
