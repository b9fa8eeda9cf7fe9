#!/usr/bin/env python3
"""Writes Sources/Devices/CodePages/CodePage+Tables.swift: the upper halves of code pages as Python's codecs have them.

    Tests/Oracle/codepage/codepage.py            writes the file
    Tests/Oracle/codepage/codepage.py --check    fails when the file is not what would be written
"""

import pathlib
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[3] / "Sources/Devices/CodePages/CodePage+Tables.swift"
PAGES = {
    "cp437": "US", "cp737": "Greek", "cp775": "Baltic", "cp850": "Western Europe",
    "cp852": "Central Europe", "cp855": "Cyrillic", "cp857": "Turkish", "cp858": "Western Europe with the euro sign",
    "cp860": "Portuguese", "cp863": "Canadian French", "cp865": "Nordic", "cp866": "Cyrillic",
    "cp1250": "Windows, Central Europe", "cp1251": "Windows, Cyrillic", "cp1252": "Windows, Western Europe",
    "cp1253": "Windows, Greek", "cp1254": "Windows, Turkish", "cp1257": "Windows, Baltic",
}
WIDTH = 112


def pieces(page):
    """The characters of bytes 80 to FF as a Swift literal has them; U+FFFD where the page has none."""
    for byte in range(0x80, 0x100):
        try:
            character = bytes([byte]).decode(page)
        except UnicodeDecodeError:
            character = "\ufffd"
        shown = character.isprintable() and character != "\ufffd" and not character.isspace()
        yield character if shown else "\\u{%X}" % ord(character)


def lines(page):
    line = ""
    for piece in pieces(page):
        if len(line) + len(piece) > WIDTH:
            yield line
            line = ""
        line += piece
    yield line


def source():
    text = "// Written by Tests/Oracle/codepage/codepage.py from Python's codecs.\n\nextension CodePage {\n"
    for page, words in PAGES.items():
        text += f"    /// {words}.\n    package static let {page} = CodePage(\n        name: \"{page.upper()}\",\n"
        text += '        upper: """\n'
        text += "".join(f"            {line}\\\n" for line in lines(page))
        text = text[:-2] + '\n            """)\n\n'
    names = ", ".join(f".{page}" for page in PAGES)
    text += "    /// Every page that is known here, by its number.\n    package static let all: [CodePage] = [\n        .ascii,"
    row = ""
    for page in PAGES:
        piece = f" .{page},"
        if len(row) + len(piece) > 100:
            text += row + "\n       "
            row = ""
        row += piece
    return text + row + "\n    ]\n}\n"


def main():
    if "--check" in sys.argv:
        sys.exit(0 if SOURCE.read_text(encoding="utf-8") == source() else f"{SOURCE} is not what Python's codecs say")
    SOURCE.write_text(source(), encoding="utf-8")


main()
