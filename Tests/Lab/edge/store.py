"""A store's files with the sample customers in them. Sealing them takes an emulated processor half a minute, so that it is
done once, by an edge of its own, and every other edge begins with a copy."""

import pathlib
import shutil
import tempfile

from .process import Edge, NOBODY


class SampleFiles:
    def __init__(self, program):
        self._folder = tempfile.TemporaryDirectory(prefix="countertop-sample-")
        edge = Edge(program)
        try:
            edge.start()
            edge.stop()
            for pattern in ("key", "replica.db*"):
                for file in edge.state.glob(pattern):
                    shutil.copy2(file, self._folder.name)
        finally:
            edge.put_away()

    def copy(self, state):
        """Puts the files into the state folder of an edge that has not been started yet."""
        for file in pathlib.Path(self._folder.name).iterdir():
            shutil.copy2(file, state)
            shutil.chown(state / file.name, NOBODY, NOBODY)
