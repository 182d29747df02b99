"""Fixtures of the command-line tests: the real program, run in a temporary folder of its own."""
import json
import os
import pathlib
import subprocess

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[2]


class Finished:
    """A run of the program that has ended."""

    def __init__(self, done, folder):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.text = self.out + self.err
        self.folder = folder

    @property
    def events(self):
        """The lines of --json, each an object."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def summary(self):
        """The last line of --json."""
        last = self.events[-1]
        assert last["event"] == "summary", last
        return last


class Cookline:
    """Runs the program in a folder."""

    def __init__(self, folder):
        self.program = os.environ["COOKLINE"]
        self.folder = folder

    def __call__(self, *arguments, code=0, timeout=120, **options):
        """Runs it with arguments and checks its exit code."""
        done = subprocess.run([self.program, *map(str, arguments)], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=timeout, check=False, **options)
        assert done.returncode == code, f"exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
        return Finished(done, self.folder)

    def record(self, *arguments, **options):
        """The verb record, without a contact sheet."""
        return self("record", *arguments, "--no-sheet", **options)

    def start(self, *arguments):
        """Starts it and does not wait."""
        return subprocess.Popen([self.program, *map(str, arguments)], cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def cookline(tmp_path):
    """The program, run in the test's own folder."""
    return Cookline(tmp_path)


@pytest.fixture
def failing_disk(cookline):
    """The environment of a run whose writes below `folder` fail or are slow (tests/failing_disk)."""
    library = os.environ.get("FAILING_DISK")
    if not library:
        pytest.skip("FAILING_DISK does not name the library that the tests build")

    def environment(folder, call="", error=0, after=0, sleep_us=0):
        return {**os.environ, "LD_PRELOAD": library, "FAILING_UNDER": str(cookline.folder / folder), "FAILING_CALL": call,
                "FAILING_ERROR": str(int(error)), "FAILING_AFTER": str(after), "FAILING_SLEEP": str(sleep_us)}
    return environment


@pytest.fixture
def project():
    """The folder of the sources."""
    return PROJECT
