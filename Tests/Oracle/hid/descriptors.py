"""The report descriptors that oracle.py asks about: real ones, and seeded random ones that keep to HID 1.11.

What hid-tools 0.12 is known to read otherwise than our parser, and why it is not asked:

- A maximum with its upper bit set beside a negative minimum: hid-tools reads it without a sign always. Ours has a sign
  there, as in the standard and the Linux kernel.
- Single usages and a range for one main item: hid-tools forgets the single ones. Ours keeps all, as the kernel does.
- A range that begins with usage 0 of page 0, delimiters, long and reserved items, main items without bits, and zeros
  at the end: hid-tools refuses or drops them. Ours follows the standard and has tests of its own for each.
"""

import pathlib
import random
import re

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "DevicesTests" / "HID" / "HIDFixtures.swift"
SEED = 20
RANDOM_COUNT = 250

# Written down from the standard and from what devices send.
NAMED = {
    # HID 1.11, appendix E.6: a keyboard; E.10: a mouse.
    "keyboard of the standard":
        "05010906a1010507 19e029e715002501 7501950881029501 7508810195057501 0508190129059102"
        "9501750391019506 7508150025650507 190029658100c0",
    "mouse of the standard":
        "05010902a1010901a1000509 1901290315002501 9503750181029501 7505810105010930"
        "09311581257f7508 95028106c0c0",
    "keyboard with a bitmap and media keys":
        "05010906a101 8502 0507 19e029e7 15002501 75019508 8102 19042963 95608102 c0"
        "050c0901a101 8503 150026ff03 19012aff03 7510 9501 8100 c0",
    "a page set after the usages": "0501 09e0 0507 a101 0901 0902 058c 7508 9502 150026ff00 8102 c0",
    "pushed and popped": "058c0902a101 15002501 7501 9508 a4 0501 7508 9502 26ff00 0930 0931 8102 b4 09ff 8102 c0",
    "four-byte usages": "0501 0902 a101 7508 9502 1581257f 0b30000100 0bfe008c00 8102 c0",
}


def fixtures():
    """The hexadecimal fixtures of the Swift tests."""
    text = FIXTURES.read_text()
    pattern = r'static let (\w+) = bytes\(\s*(?:"""(.*?)"""|"([0-9a-fA-F\s]*)")\s*\)'
    for name, long, short in re.findall(pattern, text, re.S):
        yield name, bytes.fromhex("".join((long or short).split()))


def item(tag, value=None, size=None, signed=False):
    """A short item of the smallest size that holds the value."""
    if value is None:
        return bytes([tag])
    if size is None:
        def fits(n):
            low, high = (-(1 << 8 * n - 1), (1 << 8 * n - 1) - 1) if signed else (0, (1 << 8 * n) - 1)
            return low <= value <= high
        size = next(n for n in (1, 2, 4) if fits(n))
    return bytes([tag | {1: 1, 2: 2, 4: 3}[size]]) + value.to_bytes(size, "little", signed=value < 0)


class Generator:
    """Makes descriptors as devices do: every field with its usages, every collection closed."""

    def __init__(self, rng):
        self.rng = rng
        self.out = b""
        self.uses_ids = rng.random() < 0.5
        self.bits = {}
        self.id = 0

    def add(self, *args, **kwargs):
        self.out += item(*args, **kwargs)

    def descriptor(self):
        for number in range(self.rng.randint(1, 3)):
            self.add(0x04, self.rng.choice([0x01, 0x0C, 0x14, 0x8C, 0xFF66]))
            self.add(0x08, self.rng.randint(1, 0x60))
            self.add(0xA0, 1)
            if self.uses_ids:
                self.id = number + 1
                self.add(0x84, self.id)
            for _ in range(self.rng.randint(1, 5)):
                self.group(0)
            self.add(0xC0)
        return self.out

    def group(self, depth):
        if depth < 3 and self.rng.random() < 0.2:
            self.add(0x08, self.rng.randint(1, 0xFF))
            self.add(0xA0, self.rng.choice([0, 2]))
            for _ in range(self.rng.randint(1, 3)):
                self.group(depth + 1)
            self.add(0xC0)
        elif self.rng.random() < 0.1:
            self.add(0xA4)
            self.field()
            self.add(0xB4)
        else:
            self.field()

    def field(self):
        tag = self.rng.choice([0x80, 0x80, 0x80, 0x90, 0xB0])
        size = self.rng.choice([1, 1, 2, 3, 4, 7, 8, 8, 8, 12, 16, 32])
        count = self.rng.randint(1, 12)
        used = self.bits.get((tag, self.id), 8)
        if used + size * count > 8_000:
            return
        self.bits[tag, self.id] = used + size * count
        page = self.rng.choice([0x01, 0x07, 0x0C, 0x14, 0x8C, 0xFF66])
        self.add(0x04, page)
        self.add(0x74, size)
        self.add(0x94, count)
        minimum = self.rng.choice([0, 0, 0, 1, -(1 << size - 1)])
        self.add(0x14, minimum, signed=True)
        # As signed numbers, which the standard asks for: hid-tools reads maxima without a sign always, our parser beside
        # a negative minimum only, so the two agree on all that are not negative.
        highest = (1 << size - 1) - 1 if minimum < 0 or size == 32 else (1 << size) - 1
        self.add(0x24, highest, signed=True)
        if self.rng.random() < 0.1:
            return self.add(tag, 0x01)
        self.usages(page)
        self.add(tag, self.rng.choice([0x02, 0x02, 0x06, 0x00, 0x40, 0x86]))

    def usages(self, page):
        if self.rng.random() < 0.4:
            first = self.rng.randint(1, 0xE0)
            last = first + self.rng.randint(0, 20)
            if self.rng.random() < 0.2:
                self.add(0x18, page << 16 | first, size=4)
                self.add(0x28, page << 16 | last, size=4)
            else:
                self.add(0x18, first)
                self.add(0x28, last)
            return
        for _ in range(self.rng.randint(1, 6)):
            if self.rng.random() < 0.15:
                self.add(0x08, self.rng.choice([0x01, 0x8C]) << 16 | self.rng.randint(1, 0xFF), size=4)
            else:
                self.add(0x08, self.rng.randint(1, 0xFF))


def corpus():
    yield from fixtures()
    for name, text in NAMED.items():
        yield name, bytes.fromhex("".join(text.split()))
    rng = random.Random(SEED)
    for number in range(RANDOM_COUNT):
        yield f"random {number}", Generator(rng).descriptor()
