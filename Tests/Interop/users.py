"""The Unix socket and the users of the edge's machine: who they are there is what the kernel says, and what they may do follows
from their groups (design: countertop-till may watch and resolve, countertop may administer, others are refused).

The test makes no user and no group. As root it runs the edge with a list of groups of its own, mounted where nobody else sees
it, and connects as users that differ in their groups alone. Without root it can only be the edge's own user.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Abuse"))

from peer import Peer, frame, hello, text  # noqa: E402

# Numbers that no group of the machine has.
GOODBYE = frame(0, 11, b"")
TILLS, ADMINISTRATORS, OTHERS = 64_101, 64_102, 64_103
USER = 64_100
CALLS = {
    "watch": ("countertop.v1.Lanes/Watch", text(1, "1")),
    "resolve": ("countertop.v1.Customers/Resolve", text(1, "CU00000KARINORDAS")),
    "administer": ("countertop.v1.Tills/List", b""),
}
EVERYTHING = {"watch": "message", "resolve": "message", "administer": "message"}
A_TILLS = {"watch": "message", "resolve": "message", "administer": "ROLE_INSUFFICIENT"}
REFUSED = dict.fromkeys(CALLS, "LOCAL_USER_UNKNOWN")
# Who connects: its user, its first group, its other groups; and what its calls come to.
USERS = {
    "a user of no group of the edge's": ((USER, OTHERS, []), REFUSED),
    "a user of countertop-till": ((USER, OTHERS, [TILLS]), A_TILLS),
    "a user whose first group is countertop-till": ((USER, TILLS, []), A_TILLS),
    "a user of countertop": ((USER, OTHERS, [5, ADMINISTRATORS]), EVERYTHING),
    "a user of both groups": ((USER, OTHERS, [TILLS, ADMINISTRATORS]), EVERYTHING),
    "root": ((0, 0, []), EVERYTHING),
}


def local_users(program):
    """What the users of the machine may do over the Unix socket."""
    with tempfile.TemporaryDirectory(prefix="ct-") as folder:
        os.chmod(folder, 0o711)
        users = USERS if os.geteuid() == 0 else {"the edge's own user": (None, EVERYTHING)}
        with edge(program, pathlib.Path(folder), has_groups=os.geteuid() == 0) as path:
            for who, (identity, expected) in users.items():
                seen = as_user(identity, path)
                assert seen == expected, f"{who}: {seen}"


class edge:
    """An edge at a Unix socket alone, until the end of the `with`."""

    def __init__(self, program, folder, has_groups):
        self.path = folder / "edge.sock"
        (folder / "store.yaml").write_text(
            f"state: {folder}/state\nkey: {folder}/state/key\nlisten: {{unix: {self.path}}}\n"
            "network: {host: 127.0.0.1, port: 0}\nusb: virtual\nsample_store: true\n")
        (folder / "group").write_text(
            "".join(line for line in open("/etc/group") if not line.startswith("countertop"))
            + f"countertop-till:x:{TILLS}:\ncountertop:x:{ADMINISTRATORS}:\n")
        command = [program, "run", "--config", str(folder / "store.yaml")]
        if has_groups:
            mounted = 'mount --bind "$0" /etc/group && exec "$@"'
            command = ["unshare", "--mount", "sh", "-c", mounted, str(folder / "group"), *command]
        self.command = command

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True)
        if not any("Ready." in line for line in self.process.stderr):
            raise AssertionError("The edge did not start.")
        return str(self.path)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=120)


def as_user(identity, path):
    """What each call comes to for a process of this user: "message", or the reason of its refusal."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if identity is not None:
                user, group, others = identity
                os.setgroups(others)
                os.setresgid(group, group, group)
                os.setresuid(user, user, user)
            os.write(writer, json.dumps(outcomes(path)).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as said:
        text_said = said.read()
    assert os.waitpid(child, 0)[1] == 0, "the client ended early"
    return json.loads(text_said)


def outcomes(path):
    return {name: outcome(path, *call) for name, call in CALLS.items()}


def outcome(path, call, body):
    with Peer.at(path) as peer:
        try:
            peer.send(hello())
            first = peer.next()
            if first.kind == "status":
                return first.reason
            said = peer.call(1, call, body)
            # A till that goes says so: its lane is another user's next.
            peer.send(GOODBYE)
            while peer.next().kind:
                pass
        except BrokenPipeError:
            said = peer.next()
        return said.reason if said.kind == "status" else said.kind
