"""A bare Debian 12, booted with its own systemd: systemd-nspawn on a folder that debootstrap filled. Nothing of the host but its
kernel is seen there, and nothing of it stays."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import time

WAIT_SECONDS = 60
SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
# What a Debian on a real machine has and debootstrap's smallest variant leaves out.
INCLUDED = "systemd,systemd-sysv,udev,ca-certificates"


def base(cache):
    """The folder of the bare system, which is made once."""
    root = cache / "debian-12"
    if not (root / "etc/debian_version").exists():
        draft = cache / "debian-12.new"
        shutil.rmtree(draft, ignore_errors=True)
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={INCLUDED}", SUITE, draft, MIRROR], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["chroot", draft, "apt-get", "update", "-qq"], check=True)
        draft.rename(root)
    return root


class Machine:
    """A machine, running until the end of the `with`."""

    def __init__(self, cache, packages):
        """`cache`: a folder for what is fetched once; `packages`: a folder that the machine sees as /packages."""
        self.base = base(cache)
        self.packages = packages
        self.archives = cache / "debian-12-archives"
        (self.archives / "partial").mkdir(parents=True, exist_ok=True)
        self.cache = cache

    def __enter__(self):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="machine-", dir=self.cache))
        self.root = self._folder / "root"
        for name in ("root", "upper", "work"):
            (self._folder / name).mkdir()
        layers = f"lowerdir={self.base},upperdir={self._folder}/upper,workdir={self._folder}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, self.root], check=True)
        self._nspawn = None
        return self

    def __exit__(self, *_):
        if self._nspawn:
            self._nspawn.terminate()  # The machine is switched off as by its button.
            try:
                self._nspawn.wait(WAIT_SECONDS)
            except subprocess.TimeoutExpired:
                self._nspawn.kill()
                self._nspawn.wait()
        subprocess.run(["umount", self.root], check=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def fetch_dependencies(self, package):
        """Has what a package needs in the cache. It is fetched with the host's network, which the machine has not."""
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        fetch = ("apt-get", "install", "-y", "-qq", "-d", *self._recommended(package))
        if self._chroot(*fetch).returncode == 0:
            return
        for words in (("apt-get", "update", "-qq"), fetch):
            done = self._chroot(*words)
            assert done.returncode == 0, done.stderr

    def install_unbooted(self, package):
        """Installs a package whose dependencies were fetched before the machine has ever run."""
        return self._chroot("apt-get", "install", "-y", "-qq", *self._recommended(package))

    @staticmethod
    def _recommended(package):
        return "--no-install-recommends", f"/packages/{package}"

    def _chroot(self, *words):
        return subprocess.run(["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--directory", self.root,
                               *self._binds(), "--setenv=DEBIAN_FRONTEND=noninteractive", *words],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def _binds(self):
        return [f"--bind-ro={self.packages}:/packages", f"--bind={self.archives}:/var/cache/apt/archives"]

    def boot(self):
        self._nspawn = subprocess.Popen(
            ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--directory", self.root, *self._binds(),
             "--private-network", "--hostname=kassa", "--console=pipe", "--boot"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._leader = self._wait_for(self._first_process, "The machine does not start")
        self._wait_for(lambda: self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded"),
                       "The machine does not come up")

    def _first_process(self):
        children = pathlib.Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children")
        assert self._nspawn.poll() is None, "systemd-nspawn has ended"
        return children.read_text().split()[:1]

    @staticmethod
    def _wait_for(condition, failure):
        end = time.monotonic() + WAIT_SECONDS
        while not (found := condition()):
            assert time.monotonic() < end, failure
            time.sleep(0.1)
        return found

    def wait(self, condition, failure):
        """Waits until `condition` gives something, and returns it."""
        return self._wait_for(condition, failure)

    def command(self, *words):
        """The words by which the host does this there."""
        return ["nsenter", "--target", self._leader[0], "--mount", "--uts", "--ipc", "--net", "--pid", "env", "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                *map(str, words)]

    def from_outside(self, *words):
        """The words by which the host does something to its network with a program of the host's."""
        return ["nsenter", "--target", self._leader[0], "--net", *map(str, words)]

    def run(self, *words, seconds=WAIT_SECONDS):
        return subprocess.run(self.command(*words), capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=seconds)

    def do(self, *words):
        """Runs a command that has to succeed, and returns what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, f"{' '.join(map(str, words))}: {done.stdout}{done.stderr}"
        return done.stdout

    def install(self, package, *options):
        return self.run("apt-get", "install", "-y", "-qq", *options, *self._recommended(package))

    def show(self, name, service="countertop"):
        """A property of the service."""
        return self.do("systemctl", "show", "--value", "--property", name, service).strip()

    def path(self, path):
        return self.root / path.lstrip("/")

    def status_line(self):
        return self.show("StatusText")

    def journal(self):
        return self.do("journalctl", "--no-pager", "--unit", "countertop")

    def main_process(self):
        return int(self.show("MainPID"))

    def log_matches(self, pattern):
        return re.search(pattern, self.journal())
