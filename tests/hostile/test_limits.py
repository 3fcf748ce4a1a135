"""What a process can take of the machine has an end, and the end is where it was set."""

import pytest

from regcourse.questions import Returned

# Each takes one unit more until it is refused, and returns how many units it got.
GREED = """
def count(take, most):
    got, kept = 0, []
    try:
        while got < most:
            kept.append(take(got))
            got += 1
    except (OSError, MemoryError, RuntimeError):
        pass
    return got
"""
TAKES = {
    # What the interpreter had mapped and no longer uses comes on top.
    "memory": ("count(lambda i: np.empty(1_250_000), 200)", 10, 50),
    "memory outside Python": (
        "count(lambda i: __import__('mmap').mmap(-1, 10_000_000), 200)",
        10,
        50,
    ),
    "threads": (
        "count(lambda i: __import__('threading').Thread(target=__import__('time').sleep,"
        " args=(20,), daemon=True).start(), 500)",
        10,
        64,
    ),
    "descriptors": ("count(lambda i: open('/dev/null'), 500)", 100, 128),
    "one file": ("count(lambda i: open('x', 'ab').write(b'x' * 100_000), 500)", 39, 40),
    "a disk": ("count(lambda i: open(f'{i}', 'wb').write(b'x' * 100_000), 500)", 60, 82),
    "shared memory": (
        "count(lambda i: open(f'/dev/shm/{i}', 'wb').write(b'x' * 100_000), 500)",
        60,
        82,
    ),
    "files": ("count(lambda i: open(f'{i}', 'wb').close(), 9000)", 4000, 4096),
}


@pytest.mark.parametrize("kind", TAKES)
def test_a_resource_ends_where_its_limit_was_set(session, kind):
    take, least, most = TAKES[kind]
    session.run_cells([(1, "import numpy as np" + GREED), (2, f"def f(): return {take}")])
    outcome = session.call("f", (), shown=True)
    assert isinstance(outcome, Returned)
    assert least <= outcome.value <= most


def test_all_cores_together_cannot_outrun_the_clock(session):
    spin = (
        "import hashlib, threading\n"
        "def spin():\n    while True: hashlib.sha256(bytes(10_000_000))\n"  # releases the GIL
        "for _ in range(4): threading.Thread(target=spin).start()\n"
        "spin()"
    )
    (cell,) = session.run_cells([(1, spin)])
    assert cell.stopped.why == "time"
    # The limit is 0.5 s; the watch looks every 10 ms at least, on each of at most 64 cores.
    assert session.cpu_seconds < 0.5 + 0.01 * 64 + 0.5
