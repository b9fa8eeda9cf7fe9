"""Customer displays on serial lines."""

import sample_store as sample
from devices.bridge import PoleDisplay
from devices.scanner import HIDPOSScanner
from devices.waiting import until
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
