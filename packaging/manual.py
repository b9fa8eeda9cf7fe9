#!/usr/bin/env python3
"""Writes a page of the manual, man(7), for each verb, from what the program tells of itself:

    countertop --experimental-dump-help | manual.py VERSION SECONDS FOLDER

SECONDS since 1970 are the date of the pages.
"""

import json
import pathlib
import sys
import time

FILES = [
    ("/etc/countertop/countertop.yaml", "The configuration, with every setting."),
    ("/etc/countertop/key", "The key under which the store's data is sealed. Whoever loses it loses the data."),
    ("/var/lib/countertop", "The state: the local copy of the customers, the journal, the tills, the identity."),
    ("/run/countertop/edge.sock", "The socket by which programs of this machine reach the edge."),
]


def escaped(text):
    """Text in which man(7) finds nothing to obey."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\`")
    return "\n".join("\\&" + line if line.startswith(".") else line for line in text.splitlines())


def is_verbatim(line):
    """Lines of a discussion that are commands to type stay as they are."""
    return line.startswith("countertop ") or line.startswith("    ")


def paragraphs(text):
    lines = []
    for block in text.strip().split("\n\n"):
        if all(is_verbatim(line) for line in block.splitlines()):
            lines += [".PP", ".nf", ".RS 4", *escaped(block).splitlines(), ".RE", ".fi"]
        else:
            lines += [".PP", *escaped(block).splitlines()]
    return lines


def spelling(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def is_shown(argument):
    return argument.get("shouldDisplay", True)


def usage(argument):
    """The argument as it stands in the synopsis."""
    value = f"\\fI{escaped(argument.get('valueName', 'value')).upper()}\\fR"
    if argument["kind"] == "positional":
        text = value
    else:
        text = f"\\fB{escaped(spelling(argument['preferredName']))}\\fR"
        if argument["kind"] == "option":
            text += " " + value
    if argument.get("isRepeating"):
        text += " ..."
    return f"[{text}]" if argument.get("isOptional") else text


def entry(argument):
    if argument["kind"] == "positional":
        head = f"\\fI{escaped(argument['valueName']).upper()}\\fR"
    else:
        head = ", ".join(f"\\fB{escaped(spelling(name))}\\fR" for name in argument["names"])
        if argument["kind"] == "option":
            head += f" \\fI{escaped(argument['valueName']).upper()}\\fR"
    words = argument.get("abstract", "")
    if argument.get("defaultValue"):
        # packaging/build gives the program a home of no user's.
        words += f" The default is {argument['defaultValue'].replace('/~/', '~/')}."
    return [".TP", head, *escaped(words).splitlines()]


def page(command, names, version, date):
    title = "-".join(names)
    arguments = [argument for argument in command.get("arguments", []) if is_shown(argument)]
    verbs = [verb for verb in command.get("subcommands", []) if verb["commandName"] != "help" and is_shown(verb)]
    lines = [
        f'.TH "{escaped(title.upper())}" 1 "{date}" "Countertop {version}" "Countertop"',
        ".SH NAME", f"{escaped(title)} \\- {escaped(command.get('abstract', '').rstrip('.'))}",
        ".SH SYNOPSIS", f".B {escaped(' '.join(names))}",
        *[usage(argument) for argument in arguments],
    ]
    if verbs:
        lines.append("\\fIVERB\\fR")
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *paragraphs(command["discussion"])[1:]]
    if arguments:
        lines.append(".SH OPTIONS")
        for argument in arguments:
            lines += entry(argument)
    if verbs:
        lines.append(".SH VERBS")
        for verb in verbs:
            lines += [".TP", f"\\fB{escaped('-'.join([*names, verb['commandName']]))}\\fR(1)",
                      *escaped(verb.get("abstract", "")).splitlines()]
    if len(names) == 1:
        lines.append(".SH FILES")
        for path, words in FILES:
            lines += [".TP", f"\\fI{escaped(path)}\\fR", escaped(words)]
    else:
        lines += [".SH SEE ALSO", f"\\fB{escaped('-'.join(names[:-1]))}\\fR(1)"]
    return title, "\n".join(lines) + "\n"


def pages(command, names, version, date):
    yield page(command, names, version, date)
    for verb in command.get("subcommands", []):
        if verb["commandName"] != "help" and is_shown(verb):
            yield from pages(verb, [*names, verb["commandName"]], version, date)


def main(version, seconds, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    date = time.strftime("%Y-%m-%d", time.gmtime(int(seconds)))
    for title, text in pages(json.load(sys.stdin)["command"], ["countertop"], version, date):
        (folder / f"{title}.1").write_text(text)


main(*sys.argv[1:])
