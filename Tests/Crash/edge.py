"""The edge that is killed, and the lanes it serves."""

import signal
import subprocess
import sys

from store import free_port, invite, join, till_tls

LANES = ["register", "2", "late", "shared", "forgetful", "tls", "swift", "socket"]
# The lane with baskets; the one whose till stays away for longer than a scan waits; the one that two tills take over from each
# other; the one whose till keeps no place and relies on what it has acknowledged; the one of a paired till; those whose tills
# are the client library's, over TLS and over the Unix socket.
REGISTER, _, LATE, SHARED, FORGETFUL, TLS, SWIFT, SOCKET = LANES
# How long a scan waits, and how long the late till stays away.
WAIT_SECONDS = 1
AWAY_SECONDS = (1.8, 3)
# The edge drains for seven seconds at most after SIGTERM.
DRAIN_SECONDS = 15


class Edge:
    """The edge's process, which is killed and started again on the same files."""

    def __init__(self, program, folder):
        self.port, self.tls_port = free_port(), free_port()
        self.program, self.folder, self.socket = program, folder, folder / "edge.sock"
        self.config, self.log = folder / "store.yaml", open(folder / "log", "w+")
        lanes = ", ".join(f'{{name: "{name}", devices: []}}' for name in LANES)
        self.config.write_text(
            "store: {name: Storgata, region: NO, company: storgata}\n"
            f"state: {folder}/state\nkey: {folder}/state/key\nlisten: {{port: {self.port}, unix: {self.socket}}}\n"
            f"network: {{host: 127.0.0.1, port: {self.tls_port}}}\n"
            f"lanes: [{lanes}]\nscans: {{wait_seconds: {WAIT_SECONDS}}}\nusb: virtual\nsample_store: true\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "run", "--config", str(self.config)], stdout=self.log, stderr=self.log,
            start_new_session=True)  # Ctrl-C is for this program alone.

    def pair(self, lane):
        """The folder of a till that is paired for a lane, and its TLS."""
        folder = self.folder / f"till-{lane}"
        code, waiting = invite(self.program, self.socket, lane)
        joined = join(self.program, self.tls_port, code, folder)
        waiting.communicate()
        if joined.returncode:
            sys.exit(f"not ok - a till is paired: {joined.stderr}")
        return folder, till_tls(folder)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def restart(self):
        """Asks it to stop, as the service manager does, and starts it again."""
        self.process.terminate()
        status = self.process.wait(DRAIN_SECONDS)
        # Asked before it listens to that, it ends as any program does.
        if status not in (0, -signal.SIGTERM):
            raise SystemExit(f"not ok - asked to stop, the edge ended with status {status}")
        self.start()
