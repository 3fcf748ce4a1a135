"""The filter, run by hand here, lets through what a calculation needs and nothing more."""

import errno
import struct

import pytest

from regcourse.grading.sandbox import worker_seccomp as seccomp

PID = 41
ALLOW, EPERM, ENOSYS, KILLED = "allow", errno.EPERM, errno.ENOSYS, "kill"


def verdict(machine, number, argument=0, architecture=None):
    """Interpret the program as the kernel does, for one call."""
    code = list(struct.iter_unpack("<HBBI", seccomp.program(machine, PID)))
    arch = seccomp.ARCHITECTURES[machine][1] if architecture is None else architecture
    data = struct.pack("<IIQQ", number, arch, 0, argument)
    tests = {
        seccomp.EQUAL: lambda a, k: a == k,
        seccomp.AT_LEAST: lambda a, k: a >= k,
        seccomp.ANY_BIT: lambda a, k: bool(a & k),
    }
    at, loaded = 0, 0
    while True:
        operation, if_true, if_false, constant = code[at]
        at += 1
        if operation == seccomp.LOAD:
            (loaded,) = struct.unpack_from("<I", data, constant)
        elif operation == seccomp.RETURN:
            named = {seccomp.ALLOW: ALLOW, seccomp.KILL: KILLED}
            return named.get(constant, constant & 0xFFFF)
        else:
            at += if_true if tests[operation](loaded, constant) else if_false


def number(table, name, machine):
    entry = next(entry for entry in table.split() if entry.split(":")[0] == name)
    return int(entry.split(":")[seccomp.ARCHITECTURES[machine][0]])


machines = pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)


@machines
@pytest.mark.parametrize("name", ["read", "write", "mmap", "futex", "clock_gettime", "exit_group"])
def test_a_calculation_may_make_its_calls(machine, name):
    assert verdict(machine, number(seccomp.ALLOWED, name, machine)) == ALLOW


@machines
@pytest.mark.parametrize("name", ["execve", "execveat", "socket", "connect", "unshare", "ptrace"])
def test_what_leads_out_is_not_permitted(machine, name):
    assert verdict(machine, number(seccomp.REFUSED, name, machine)) == EPERM


@machines
@pytest.mark.parametrize(
    "unknown", [435, 425, 500, 4000], ids=["clone3", "io_uring", "new", "none"]
)
def test_a_call_on_no_list_does_not_exist(machine, unknown):
    assert verdict(machine, unknown) == ENOSYS


@machines
@pytest.mark.parametrize(
    ("table", "name", "argument", "expected"),
    [
        (seccomp.CLONE, "clone", 0x3D0F00, ALLOW),
        (seccomp.CLONE, "clone", 17, EPERM),
        (seccomp.SOCKETPAIR, "socketpair", 1, ALLOW),
        (seccomp.SOCKETPAIR, "socketpair", 2, EPERM),
        (seccomp.PRLIMIT, "prlimit64", 0, ALLOW),
        (seccomp.PRLIMIT, "prlimit64", PID, ALLOW),
        (seccomp.PRLIMIT, "prlimit64", 2, EPERM),
        (seccomp.PRCTL, "prctl", 15, ALLOW),
        (seccomp.PRCTL, "prctl", 4, EPERM),
        (seccomp.SIGNALS, "kill", PID, ALLOW),
        (seccomp.SIGNALS, "kill", 0xFFFFFFFF, EPERM),
        (seccomp.SIGNALS, "tgkill", 2, EPERM),
    ],
)
def test_an_argument_decides(machine, table, name, argument, expected):
    assert verdict(machine, number(table, name, machine), argument) == expected


@machines
def test_a_call_in_the_numbering_of_another_machine_kills(machine):
    assert verdict(machine, 0, architecture=0x40000003) == KILLED


@machines
def test_a_call_in_the_numbering_of_x32_kills(machine):
    assert verdict(machine, 0x40000000 + 59) == KILLED


@machines
def test_no_number_is_both_allowed_and_refused(machine):
    column = seccomp.ARCHITECTURES[machine][0]
    allowed = set(seccomp.numbers(seccomp.ALLOWED, column))
    decided = " ".join([seccomp.CLONE, seccomp.SOCKETPAIR, seccomp.PRCTL, seccomp.PRLIMIT])
    refused = " ".join([seccomp.REFUSED, seccomp.SIGNALS, decided])
    assert allowed.isdisjoint(seccomp.numbers(refused, column))
