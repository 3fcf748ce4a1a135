"""Each attack comes in a submission whose answers are wrong: it gains nothing, learns nothing.

An attack says what it found, or ESCAPED if it got through, by raising it: the message of a
failed cell is the widest channel that a submission has into what is shown.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]

READING = {
    "its environment": "import os\nraise RuntimeError(str(os.environ))",
    "the environment of process 1": "raise RuntimeError(open('/proc/1/environ').read())",
    "the environment of its parent": (
        "import os\nraise RuntimeError(open(f'/proc/{os.getppid()}/environ').read())"
    ),
    "a secret file by its path": "raise RuntimeError(open('PLANTED/secret').read())",
    "a secret file through a symbolic link": (
        "import os\nos.symlink('PLANTED/secret', 'x')\nraise RuntimeError(open('x').read())"
    ),
    "a secret file through a hard link": (
        "import os\nos.link('PLANTED/secret', 'x')\nraise RuntimeError(open('x').read())"
    ),
    "a secret file through ..": (
        "raise RuntimeError(open('../../../../..' + 'PLANTED/secret').read())"
    ),
    "the questions beside the worker": (
        "import os\nfound = [os.path.join(d, f) for d, _, fs in os.walk('/engine') for f in fs]\n"
        "found += [os.path.join(d, f) for d, _, fs in os.walk('/packages') for f in fs]\n"
        "if any('questions.py' in f or 'checks.json' in f for f in found if 'regcourse/checks/'"
        " not in f): raise RuntimeError('ESCAPED')"
    ),
    "the questions in the repository": (
        "import os\nif os.path.exists('REPO/exercises') or os.path.exists('REPO/tests'):\n"
        "    raise RuntimeError('ESCAPED')\nopen('PLANTED/questions.py')"
    ),
    "a neighbour's submission": "raise RuntimeError(open('PLANTED/eve/90_thin.ipynb').read())",
    "the gradebook": "raise RuntimeError(open('PLANTED/gradebook.sqlite').read())",
    "home folders": (
        "import os, sys\nfound = [os.path.join(d, f) for top in ('/root', '/home') "
        "for d, _, fs in os.walk(top) for f in fs if not d.startswith(sys.base_prefix)]\n"
        "if found: raise RuntimeError('ESCAPED ' + str(found[:5]))"
    ),
    "accounts and passwords": (
        "import os\nif os.path.exists('/etc/passwd') or os.path.exists('/etc/shadow'):\n"
        "    raise RuntimeError('ESCAPED')"
    ),
    "other processes": (
        "import os\nif any(n.isdigit() for n in os.listdir('/proc')): raise RuntimeError('ESCAPED')"
    ),
    "kernel interfaces": (
        "import os\nif any(map(os.path.exists, ('/sys', '/proc/kcore', '/proc/sys', '/dev/mem',"
        " '/dev/kmsg', '/run', '/var', '/boot'))): raise RuntimeError('ESCAPED')"
    ),
    "every small file that it can open": (
        "import os\nfound = ''\n"
        "for top in ('/tmp', '/etc', '/dev/shm', '/engine', '/packages', '/usr/local'):\n"
        "    for d, _, fs in os.walk(top):\n"
        "        for f in fs:\n"
        "            p = os.path.join(d, f)\n"
        "            if os.path.isfile(p) and os.path.getsize(p) < 100_000:\n"
        "                t = open(p, 'rb').read()\n"
        "                found += 'ESCAPED' if ('kestrel' + '-7351').encode() in t else ''\n"
        "raise RuntimeError(found)"
    ),
    "open file descriptors": (
        "import os\nfor fd in range(3, 2000):\n"
        "    try:\n        os.fstat(fd)\n    except OSError:\n        continue\n"
        "    import stat\n"
        "    if not stat.S_ISSOCK(os.fstat(fd).st_mode): raise RuntimeError('ESCAPED')"
    ),
    "descriptors sent over its socket": (
        "import socket\nfor fd in range(3, 9):\n"
        "    try:\n        s = socket.socket(fileno=fd)\n    except OSError:\n        continue\n"
        "    s.settimeout(0.1)\n"
        "    if socket.recv_fds(s, 10, 5)[1]: raise RuntimeError('ESCAPED')"
    ),
    "frames above its own": (
        "import sys\nframe, words = sys._getframe(), []\n"
        "while frame:\n    words.append(repr(frame.f_locals)[:20000]); frame = frame.f_back\n"
        "raise RuntimeError(''.join(words)[-1900:])"
    ),
    "every object in memory": (
        "import gc\nneedle = 'kestrel' + '-7351'\n"
        "hits = [o for o in gc.get_objects() if type(o) is dict and needle in map(str, o.values())]\n"
        "if any(h is not globals() for h in hits): raise RuntimeError('ESCAPED')"
    ),
    "memory of other processes": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nb = ctypes.create_string_buffer(64)\n"
        "iov = (ctypes.c_size_t * 2)(ctypes.addressof(b), 64)\n"
        "for pid in (1, 2, 3, 4):\n"
        "    if libc.process_vm_readv(pid, iov, 1, iov, 1, 0) >= 0: raise RuntimeError('ESCAPED')"
    ),
    "rooms of regcourse that hold answers": (
        "for room in ('grading', 'grading.cases', 'linear', 'authoring', 'conventions'):\n"
        "    try:\n        __import__('regcourse.' + room)\n    except ImportError:\n        continue\n"
        "    raise RuntimeError('ESCAPED')"
    ),
    "packages that are not allowed": (
        "import sys\nsys.path[:] += ['/usr/lib/python3/dist-packages']\n"
        "for name in ('sklearn', 'scipy', 'pandas', 'torch', 'nbformat', 'pip'):\n"
        "    try:\n        __import__(name)\n    except ImportError:\n        continue\n"
        "    raise RuntimeError('ESCAPED')"
    ),
}

GOT_THROUGH = "\nraise RuntimeError('ESCAPED')"
SYSCALL = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
ESCAPING = {
    "fork": "import os\nos.fork()" + GOT_THROUGH,
    "exec": "import os, sys\nos.execv(sys.executable, ['x', '-c', ''])",
    "posix_spawn": "import os\nos.posix_spawn('/usr/bin/true', ['true'], {})" + GOT_THROUGH,
    "a subprocess": "import subprocess\nsubprocess.run(['/usr/bin/true'])" + GOT_THROUGH,
    "os.system": "import os\nif os.system('true') == 0: raise RuntimeError('ESCAPED')",
    "a shell line": "!true" + GOT_THROUGH,
    "a shell magic": "get_ipython().run_cell_magic('bash', '', 'true')" + GOT_THROUGH,
    "a terminal": "import pty\npty.fork()" + GOT_THROUGH,
    "multiprocessing": (
        "import multiprocessing\nmultiprocessing.Process(target=print).start()" + GOT_THROUGH
    ),
    "a process pool": (
        "from concurrent.futures import ProcessPoolExecutor\n"
        "with ProcessPoolExecutor(1) as pool: pool.submit(abs, 1).result(1)" + GOT_THROUGH
    ),
    "clone without a thread": SYSCALL
    + "if libc.syscall(56 if os.uname().machine == 'x86_64' else 220, 17, 0, 0, 0, 0) >= 0:"
    + GOT_THROUGH.replace("\n", "\n    "),
    "an executable in memory": SYSCALL
    + "if libc.syscall(319 if os.uname().machine == 'x86_64' else 279, b'x', 0) >= 0:"
    + GOT_THROUGH.replace("\n", "\n    "),
    "new namespaces": SYSCALL
    + "if libc.unshare(0x10000000) == 0 or libc.setns(0, 0) == 0: raise RuntimeError('ESCAPED')",
    "mounts": SYSCALL
    + "if libc.umount2(b'/proc', 2) == 0 or libc.mount(b'proc', b'/tmp', b'proc', 0, None) == 0:"
    + GOT_THROUGH.replace("\n", "\n    "),
    "chroot": "import os\nos.chroot('/tmp')" + GOT_THROUGH,
    "another user": "import os\nos.setuid(0)" + GOT_THROUGH,
    "ptrace": SYSCALL
    + "for pid in (1, 2, os.getppid()):\n"
    "    if libc.ptrace(16, pid, 0, 0) == 0: raise RuntimeError('ESCAPED')",
    "kernel services": SYSCALL
    + "numbers = (321, 250, 425, 323, 298, 248, 175, 246, 155, 304, 312) "
    "if os.uname().machine == 'x86_64' else (280, 219, 425, 282, 241, 217, 105, 104, 41, 265, 272)\n"
    "for n in numbers:\n"
    "    if libc.syscall(n, 0, 0, 0, 0, 0, 0) >= 0: raise RuntimeError(f'ESCAPED {n}')",
    "a network connection": (
        "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)" + GOT_THROUGH
    ),
    "a name lookup": "import socket\nsocket.getaddrinfo('localhost', 80)\nsocket.socket()"
    + GOT_THROUGH,
    "a socket of another process": (
        "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0x')" + GOT_THROUGH
    ),
    "netlink": "import socket\nsocket.socket(16, 3, 0)" + GOT_THROUGH,
    "a download": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1')" + GOT_THROUGH,
    "signals to everybody": (
        "import os, signal\nfor pid in (-1, 0, 2, 3, 4, os.getppid()):\n"
        "    try:\n        os.kill(pid, signal.SIGKILL)\n    except OSError:\n        continue\n"
        "    raise RuntimeError('ESCAPED')"
    ),
    "a signal to its group": "import os\nos.killpg(0, 9)" + GOT_THROUGH,
    "files outside its folder": (
        "import os\nfor p in ('/x', '/engine/worker.py', '/packages/regcourse/__init__.py', "
        "np.__file__, os.__file__, '/dev/x', '/etc/ld.so.preload', '/proc/x'):\n"
        "    try:\n        open(p, 'a')\n    except OSError:\n        continue\n"
        "    raise RuntimeError('ESCAPED ' + p)"
    ),
    "a device of its own": "import os\nos.mknod('x', 0o20666, os.makedev(1, 1))" + GOT_THROUGH,
    "wider limits": (
        "import resource as r\nr.setrlimit(r.RLIMIT_AS, (-1, -1))" + GOT_THROUGH
    ),
}

TAMPERING = {
    "equality that always holds": (
        "class Yes(float):\n    __eq__ = lambda s, o: True\n    __hash__ = float.__hash__\n"
        "    __sub__ = __rsub__ = lambda s, o: Yes(0)\n    __abs__ = lambda s: Yes(0)\n"
        "    __le__ = __lt__ = lambda s, o: True\n"
        "def ridge_fit(X, y, lam): return Yes(0), [Yes(0)] * 3"
    ),
    "an array that agrees with everything": (
        "class Yes(np.ndarray):\n    __eq__ = lambda s, o: True\n"
        "    __array_ufunc__ = lambda s, *a, **k: np.True_\n"
        "def ridge_fit(X, y, lam): return Yes(()), np.zeros(3).view(Yes)"
    ),
    "an object that claims a class": (
        "class Liar:\n    __class__ = float\n    __float__ = lambda s: 1 / 0\n"
        "    __array__ = lambda s, *a, **k: np.zeros(10**7)\n"
        "def ridge_fit(X, y, lam): return Liar(), Liar()"
    ),
    "values that cannot be compared": (
        "def ridge_fit(X, y, lam): return float('nan'), np.full(3, np.nan)"
    ),
    "infinite values": "def ridge_fit(X, y, lam): return np.inf, np.full(3, -np.inf)",
    "a list that holds itself": (
        "def ridge_fit(X, y, lam):\n    x = []\n    x.append(x)\n    return x, x"
    ),
    "an endless generator": (
        "import itertools\ndef ridge_fit(X, y, lam): return itertools.count(), iter(int, 1)"
    ),
    "a name as long as a book": (
        "def ridge_fit(X, y, lam): raise type('E' * 10**6, (Exception,), {})('x' * 10**6)"
    ),
    "an exception that cannot be told": (
        "class E(BaseException):\n    def __str__(self): raise E\n"
        "def ridge_fit(X, y, lam): raise E"
    ),
    "patched JSON": (
        "import json\njson.dumps = lambda *a, **k: '{\"outcome\": \"passed\", \"points\": 99}'\n"
        "json.JSONEncoder.encode = lambda *a: 'null'"
    ),
    "patched NumPy": (
        "np.array_equal = np.allclose = lambda *a, **k: True\n"
        "np.asarray = np.array = lambda *a, **k: None\nnp.random.default_rng = None"
    ),
    "a patched wire": (
        "import sys\nw = sys.modules['wire']\n"
        "w.Encoder.tree = lambda s, v, d=0: {'passed': True}\nw.well_formed = None"
    ),
    "patched builtins": (
        "import builtins\nfor n in ('len', 'isinstance', 'type', 'print', 'str', 'list'):\n"
        "    setattr(builtins, n, lambda *a, **k: True)"
    ),
    "no builtins": "import builtins\nbuiltins.__dict__.clear()",
    "a patched shell": (
        "s = get_ipython()\ntype(s).run_cell = lambda *a, **k: None\ns.user_ns.clear()"
    ),
    "patched checks": (
        "import regcourse.checks as c, sys\nfor n in dir(c):\n    setattr(c, n, lambda *a, **k: True)\n"
        "import regcourse\nregcourse.check = lambda *a: True\nsys.modules['regcourse.compare'] = None"
    ),
    "no modules": "import sys\nsys.modules.clear()",
    "a trace function": (
        "import sys, threading\ndef trace(*a): raise RuntimeError('traced')\n"
        "threading.settrace(trace); sys.setprofile(trace)"
    ),
    "an import hook": (
        "import sys\nclass H:\n    def find_spec(self, *a): raise SystemExit\n"
        "sys.meta_path.insert(0, H()); sys.path_importer_cache.clear()"
    ),
    "closed output": (
        "import sys\nsys.stdout.close(); sys.stderr.close(); sys.__stdout__ = None"
    ),
    "an exit handler": (
        "import atexit, os\natexit.register(lambda: open('/tmp/late', 'w').write('x'))\n"
        "atexit.register(os._exit, 0)"
    ),
    "a finalizer": (
        "class D:\n    def __del__(self):\n        while True: pass\nd = D()\ndel d"
    ),
    "an alarm in our own code": (
        "import signal\ndef f(*a): raise KeyboardInterrupt\nsignal.signal(signal.SIGALRM, f)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)"
    ),
    "leaving": "import sys\nsys.exit(0)",
    "leaving for good": "import os\nos._exit(0)",
    "a stop signal to itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "a kill signal to itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "an abort": "import os\nos.abort()",
    "a wild pointer": "import ctypes\nctypes.string_at(0)",
    "a stack without end": (
        "import sys\nsys.setrecursionlimit(10**9)\nf = lambda: f()\nf()"
    ),
    "a thread that stays": (
        "import threading, time\n"
        "threading.Thread(target=lambda: [time.sleep(0.01) for _ in range(10**6)]).start()"
    ),
    "names of the grader's": (
        "points = score = earned = 5\nstatus = 'passed'\nquestions = {}\nTrue_ = True\n"
        "__name__ = 'regcourse.grading'"
    ),
    "cells that print a verdict": "print('ridge_fit: passed 5/5')\n'passed'",
}

HOGGING = {
    "one large block of memory": "x = bytearray(2_000_000_000)",
    "memory in small pieces": "x = []\nwhile True: x.append(np.ones(1000))",
    "memory of a doubling string": "x = 'x'\nwhile True: x += x",
    "memory outside Python": (
        "import mmap\nx = []\nwhile True:\n    x.append(mmap.mmap(-1, 50_000_000)); x[-1].write(b'1' * 50_000_000)"
    ),
    "an endless loop": "while True: pass",
    "an endless loop that catches everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "one long call into C": "x = 7 ** (10 ** 9)",
    "a pattern that backtracks": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "threads that spin": (
        "import threading\nfor _ in range(3): threading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()"
    ),
    "a long sleep": "import time\ntime.sleep(10 ** 6)",
    "a wait for input": "input('password? ')",
    "a full disk": (
        "for i in range(100):\n    open(f'/tmp/{i}', 'wb').write(b'x' * 3_000_000)"
    ),
    "shared memory": (
        "for i in range(100):\n    open(f'/dev/shm/{i}', 'wb').write(b'x' * 3_000_000)"
    ),
    "one huge file": "open('/tmp/x', 'wb').truncate(10 ** 12)\nopen('/tmp/x', 'ab').write(b'x')",
    "a million files": "for i in range(10**6): open(f'/tmp/{i}', 'w').close()",
    "file descriptors": "x = [open('/dev/null') for _ in range(100_000)]",
    "threads": (
        "import threading, time\n"
        "for _ in range(10**5): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    ),
    "ten megabytes of output": "print('x' * 10_000_000)",
    "a million lines of output": "for i in range(10**6): print(i)",
    "a huge answer": "def ridge_fit(X, y, lam): return 0.0, np.zeros(30_000_000)",
    "an answer of many pieces": "def ridge_fit(X, y, lam): return 0.0, [[]] * 10**7",
    "an answer nested deep": (
        "def ridge_fit(X, y, lam):\n    x = []\n    for _ in range(10**5): x = [x]\n    return 0.0, x"
    ),
}

ATTACKS = {
    f"{family}: {name}": code
    for family, attacks in (
        ("reading", READING),
        ("escaping", ESCAPING),
        ("tampering", TAMPERING),
        ("hogging", HOGGING),
    )
    for name, code in attacks.items()
}


def told_of(result):
    """Return all that a result says, but for the student's own source."""
    return replace(
        result, questions=tuple(replace(question, answer="") for question in result.questions)
    ).to_json()


@pytest.mark.parametrize("kind", ATTACKS)
def test_an_attack_gains_no_mark_learns_nothing_and_leaves_nothing(
    desk, planted, token, escaped, kind
):
    code = ATTACKS[kind].replace("PLANTED", str(planted)).replace("REPO", str(REPO))
    before = desk.processes()
    result = desk.attack(code.replace("ESCAPED", escaped))
    told = told_of(result)
    assert [q.earned for q in result.questions if q.name != "why"] == [0, 0, 0, 0]
    assert token not in told
    assert escaped not in told
    assert len(told) < 100_000
    assert desk.processes() == before


def test_what_an_attack_finds_would_be_told(desk, token):
    assert token in told_of(desk.attack(f"raise RuntimeError('{token}')"))


def test_an_honest_submission_earns_every_mark_after_all_attacks(desk):
    result = desk.mark(**desk.right)
    assert [q.earned for q in result.questions if q.name != "why"] == [5, 2, 1, 2]


def test_the_sandbox_kept_its_interpreter_through_all_attacks(desk):
    assert os.path.exists(f"/proc/{desk.sandbox._interpreter._process.pid}")
