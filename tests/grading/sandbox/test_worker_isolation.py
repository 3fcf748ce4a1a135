"""A kernel that refuses to build a wall ends the process before a student's line has run."""

import ctypes
import errno
import importlib
import sys

import pytest

from regcourse.grading.sandbox import worker_seccomp as seccomp


class Kernel:
    """A C library whose calls do nothing: they succeed, but for the one that is refused."""

    def __init__(self, name, argument=None):
        self.refused = name, argument

    def __getattr__(self, name):
        def call(first, *_):
            if name == self.refused[0] and self.refused[1] in (None, first):
                ctypes.set_errno(errno.EPERM)
                return -1
            return 0

        return call


@pytest.fixture
def isolation(monkeypatch):
    """The module, which in the sandbox finds its neighbour lying beside it."""
    monkeypatch.setitem(sys.modules, "worker_seccomp", seccomp)
    return importlib.import_module("regcourse.grading.sandbox.worker_isolation")


def in_new_pids(isolation):
    with isolation.new_pids():
        pass


WALLS = {
    "dumpable": ("prctl", lambda isolation: isolation.separate(1000), r"prctl\(4\) was refused"),
    "namespaces": (
        "unshare",
        lambda isolation: isolation.separate(1000),
        "namespaces were refused",
    ),
    "new pids": ("unshare", in_new_pids, "new namespaces were refused"),
    "old pids": ("setns", in_new_pids, "the way back was refused"),
    "folders": (
        "mount",
        lambda isolation: isolation._mount("tmpfs", "/tmp", "tmpfs", 0, None),
        "mounting /tmp was refused",
    ),
    "capabilities": (
        "capset",
        lambda isolation: isolation._drop_capabilities(),
        "capabilities could not be dropped",
    ),
}


@pytest.mark.parametrize(("call", "build", "words"), WALLS.values(), ids=WALLS)
def test_a_wall_that_is_refused_is_named(isolation, monkeypatch, call, build, words):
    monkeypatch.setattr(isolation, "libc", Kernel(call))
    with pytest.raises(OSError, match=words) as caught:
        build(isolation)
    assert caught.value.errno == errno.EPERM


def test_a_capability_that_this_kernel_does_not_know_is_no_hindrance(isolation, monkeypatch):
    monkeypatch.setattr(isolation, "libc", Kernel("prctl", isolation.PR_CAPBSET_DROP))
    isolation._drop_capabilities()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (seccomp.PR_SET_NO_NEW_PRIVS, "no_new_privs was refused"),
        (seccomp.PR_SET_SECCOMP, "the system call filter was refused"),
    ],
    ids=["privileges", "filter"],
)
def test_a_filter_that_is_refused_is_named(monkeypatch, option, words):
    monkeypatch.setattr(seccomp.ctypes, "CDLL", lambda *_, **__: Kernel("prctl", option))
    with pytest.raises(OSError, match=words) as caught:
        seccomp.install()
    assert caught.value.errno == errno.EPERM


def test_a_machine_without_a_filter_is_named(monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    monkeypatch.setattr(seccomp.ctypes, "CDLL", lambda *_, **__: Kernel("none"))
    with pytest.raises(OSError, match="no system call filter is written for riscv64"):
        seccomp.install()
