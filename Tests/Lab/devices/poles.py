"""Customer displays on serial lines: any dialect, on any kind of line, of any size."""

from .bridge import CH34x, CP210x, FTDI, PL2303
from .serial import CDCScanner


class CDCLine(CDCScanner):
    """A display's own CDC line, under a number that no scanner has."""

    VENDOR, PRODUCT, NAME, DRIVER = 0x1209, 0x0003, "CDC display", "cdc_acm"


class Glass:
    """What a display shows of the bytes that it was sent. A kind of it knows one dialect."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.row = self.column = 0

    def place(self, row, column):
        self.row, self.column = row, column

    def put(self, text):
        for character in text:
            if self.row < self.rows and self.column < self.columns:
                self.cells[self.row][self.column] = character
            self.column += 1

    def whole_row(self, row, rest):
        """A row up to a CR, which replaces what stood there. Returns what follows."""
        text, _, rest = rest.partition(b"\r")
        self.cells[row] = list(text.decode("ascii").ljust(self.columns)[:self.columns])
        return rest

    def show(self, heard):
        while heard:
            heard = self.take(heard)
        return ["".join(row).rstrip() for row in self.cells]

    def take(self, heard):
        """Follows one command or letter, and returns what is left."""
        raise NotImplementedError

    def letter(self, heard):
        self.put(heard[:1].decode("ascii"))
        return heard[1:]


class CD5220Glass(Glass):
    def take(self, heard):
        match heard[0], heard[1:2]:
            case 0x0C, _:
                self.clear()
                return heard[1:]
            case 0x1B, b"Q":
                return self.whole_row(heard[2] - 0x41, heard[3:])
            case 0x1B, b"l":
                self.place(heard[3] - 1, heard[2] - 1)
                return heard[4:]
            case 0x1B, b"@":
                self.clear()
                return heard[2:]
            case 0x1B, (b"_" | b"*"):
                return heard[3:]
        return self.letter(heard)


class LogicControlsGlass(Glass):
    def take(self, heard):
        match heard[0], heard[1:2]:
            case 0x1F, b"\x11":
                self.clear()
                return heard[2:]
            case 0x10, _:
                self.place(*divmod(heard[1], self.columns))
                return heard[2:]
            case 0x04, _:
                return heard[2:]
            case (0x13 | 0x14), _:
                return heard[1:]
        return self.letter(heard)


class AEDEXGlass(Glass):
    def take(self, heard):
        if heard[:2] == b"!#" and heard[2:3] in (b"1", b"2"):
            return self.whole_row(heard[2] - 0x31, heard[3:])
        return self.letter(heard)


class WincorGlass(Glass):
    def take(self, heard):
        if heard[:2] != b"\x1b[":
            return self.letter(heard)
        end = next(index for index, byte in enumerate(heard) if byte in b"HJ")
        if heard[end:end + 1] == b"J":
            self.clear()
        else:
            row, column = (int(number) for number in heard[2:end].split(b";"))
            self.place(row - 1, column - 1)
        return heard[end + 1:]


class OwnGlass(Glass):
    """A display of which nobody but its store knows: its commands begin with FE."""

    COMMANDS = ('{initialise: "FE 4B", clear: "FE 58", rows: ["FE 47 01 {row} {text}"], brightness: "FE 99 {level}", '
                'brightness_levels: "40 80 C0 FF", cursor_show: "FE 4A", cursor_hide: "FE 4B", '
                'cursor_place: "FE 47 {column} {row}", blink: "FE 42 {ticks}"}')

    def take(self, heard):
        match heard[0], heard[1:2]:
            case 0xFE, b"X":
                self.clear()
                return heard[2:]
            case 0xFE, b"G":
                self.place(heard[3] - 1, heard[2] - 1)
                return heard[4:]
            case 0xFE, (b"J" | b"K"):
                return heard[2:]
            case (0xFE, (b"\x99" | b"B")) | (0x1B, b"t"):
                return heard[3:]
        return self.letter(heard)


class Pole:
    """What makes a line a display. `SETTING` is its entry in the configuration without its number."""

    GLASS, ROWS, COLUMNS, SETTING = None, 2, 20, ""
    HAS_PAGES = False

    @property
    def shown(self):
        return self.GLASS(self.ROWS, self.COLUMNS).show(self.heard)

    @classmethod
    def entry(cls):
        size = f"rows: {cls.ROWS}, columns: {cls.COLUMNS}"
        return f'  - {{device: "{cls.VENDOR:04x}:{cls.PRODUCT:04x}", {cls.SETTING}, {size}}}\n'


class CD5220Pole(Pole, CDCLine):
    GLASS, SETTING = CD5220Glass, "dialect: cd5220"


class TallCD5220Pole(Pole, FTDI):
    GLASS, ROWS, SETTING = CD5220Glass, 4, "dialect: cd5220-4x20"


class LogicControlsPole(Pole, CP210x):
    GLASS, SETTING = LogicControlsGlass, "dialect: logic-controls"


class AEDEXPole(Pole, PL2303):
    GLASS, COLUMNS, SETTING = AEDEXGlass, 40, "dialect: aedex"


class WincorPole(Pole, CH34x):
    """A BA66, of four rows, on a line with odd parity."""

    GLASS, ROWS, SETTING = WincorGlass, 4, "dialect: wincor"
    SETTINGS = {(0x40, 0x9A, 0x1312, 0xB282, b""), (0x40, 0x9A, 0x2518, 0x00CB, b"")}


class OwnPole(Pole, CDCLine):
    """Another line of the standard's kind, under a number of its own."""

    PRODUCT = 0x0004
    HAS_PAGES = True
    GLASS, SETTING = OwnGlass, f"dialect: epson, commands: {OwnGlass.COMMANDS}"


POLES = (CD5220Pole, TallCD5220Pole, LogicControlsPole, AEDEXPole, WincorPole, OwnPole)
