"""What honest notebooks do in a sandbox works, costs little, and ends for a reason that is told."""

import time

import numpy as np
import pytest

from regcourse.grading.sandbox import CellRun, Limits, Sandbox, available
from regcourse.questions import Missing, Raised, Returned, Rng, Stopped, Unusable


def run(session, *sources):
    return session.run_cells(list(enumerate(sources, start=1)))


# Cells


def test_cells_run_in_order_and_share_their_names(session):
    first, second = run(session, "x = 2", "print(x + 1)")
    assert first == CellRun(1, ok=True)
    assert second == CellRun(2, ok=True, printed="3\n")


def test_a_failing_cell_says_what_and_where_and_the_next_one_runs(session):
    failed, next_one = run(session, "def f():\n    return 1 / 0\nf()", "print('next')")
    assert failed == CellRun(
        1, ok=False, error="ZeroDivisionError", message="division by zero", line=2
    )
    assert next_one.printed == "next\n"


def test_a_syntax_error_costs_its_own_cell_only(session):
    broken, next_one = run(session, "x = 1\ny = (", "print('next')")
    assert (broken.error, broken.line) == ("SyntaxError", 2)
    assert next_one.ok


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("x = " + "+".join(["1"] * 20_000), "RecursionError"),
        ("(" * 300 + ")" * 300, "SyntaxError"),
        ("print('\ud800')", ""),
        ("%no_such_magic", "UsageError"),
        ("", ""),
        ("# nothing", ""),
    ],
    ids=["deep", "nested", "surrogate", "no magic", "empty", "a comment"],
)
def test_an_odd_cell_costs_itself_at_most(session, source, error):
    odd, next_one = run(session, source, "print('next')")
    assert odd.error == error
    assert next_one.printed == "next\n"


def test_a_nul_character_costs_its_own_cell_only(session):
    odd, next_one = run(session, "print('a\0b')", "print('next')")
    # Python called it a ValueError until 3.11.4, and a SyntaxError since.
    assert odd.error in ("ValueError", "SyntaxError")
    assert next_one.printed == "next\n"


def test_skipped_cells_are_not_run(session):
    assert session.run_cells([(1, "x = 1"), (2, "x = 2")], skip={2}) == [CellRun(1, ok=True)]
    assert session.variable("x") == Returned(1)


def test_the_last_value_of_a_cell_is_printed_as_in_jupyter(session):
    (cell,) = run(session, "np = __import__('numpy')\nnp.arange(3)")
    assert cell.printed == "array([0, 1, 2])\n"


HARMLESS = {
    "matplotlib inline": "%matplotlib inline",
    "an inline setting": "%config InlineBackend.figure_format = 'retina'",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "timeit": "%timeit sum(range(9))",
    "timeit with options": "%timeit -n 3 -r 2 sum(range(9))",
    "a timed cell": "%%time\nx = 1",
    "a user's name": "import getpass\ngetpass.getuser()",
    "an installation": "%pip install numpy",
    "a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "a figure as a value": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfig",
    "many figures": "import matplotlib.pyplot as plt\nfor i in range(30): plt.figure()",
    "a display": "from IPython.display import display, HTML\ndisplay(HTML('<b>x</b>'), 3)",
    "a slider": "import ipywidgets as w\nw.interact(lambda a: a, a=(0, 9))",
    "an output area": "import ipywidgets as w\nwith w.Output(): print(1)",
    "a thread": ("import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()"),
    "an awaited call": "import asyncio\nawait asyncio.sleep(0)",
    "a thread pool": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool: print(list(pool.map(abs, [-1, 2])))"
    ),
    "a help text": "help(len)",
    "a temporary file": "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')",
    "a module of one's own": "open('mine.py', 'w').write('y = 3')\nimport mine\nmine.y",
    "a linear system": "import numpy as np\nnp.linalg.solve(np.eye(300), np.ones(300))",
    "a warning": "import warnings\nwarnings.warn('look')",
    "a reader of data": "import numpy as np\nnp.loadtxt('data/patients.csv', delimiter=',').sum()",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_honest_notebooks_do_works(session, kind):
    (cell,) = run(session, HARMLESS[kind])
    assert cell.error == ""
    assert cell.ok


def test_figures_are_closed_after_each_cell_and_never_rendered(session):
    run(session, "import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    (cell,) = run(session, "print(plt.get_fignums(), plt.get_backend())")
    assert cell.printed == "[] agg\n"


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ("files = !ls", "RuntimeError", "no other program can be run while grading: !ls"),
        ("%%bash\nls", "RuntimeError", "no other program can be run while grading"),
        (
            "input('?')",
            "RuntimeError",
            "input() waits for a person, and there is none while grading",
        ),
        ("exit()", "SystemExit", "exit() ends the cell while grading"),
    ],
    ids=[
        "captured shell",
        "shell cell",
        "input",
        "exit",
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(session, source, error, message):
    (cell,) = run(session, source)
    assert (cell.error, cell.message) == (error, message)


@pytest.mark.parametrize("line", ["!pip install tqdm", "!ls"])
def test_a_line_for_the_shell_is_passed_over_as_one_that_fails(session, line):
    (cell,) = run(session, f"{line}\nx = _exit_code")
    assert (cell.error, cell.printed) == (
        "",
        f"no other program can be run while grading: {line}\n",
    )
    assert session.variable("x") == Returned(127)


def test_output_is_kept_up_to_its_limit(session):
    (cell,) = run(session, "print('x' * 10_000_000)")
    assert cell.ok
    assert len(cell.printed) == 20_000


# Calls


def test_a_call_gets_its_arguments_and_gives_its_value(session):
    run(session, "def f(X, lam, how):\n    print('seen')\n    return X.sum(axis=0), {how: lam}")
    outcome = session.call("f", (np.ones((2, 3)), 0.5, "lam"), shown=True)
    np.testing.assert_array_equal(outcome.value[0], [2, 2, 2])
    assert outcome.value[1] == {"lam": 0.5}
    assert outcome.printed == "seen\n"


def test_a_random_argument_arrives_as_a_seeded_generator(session):
    run(session, "def f(rng): return rng.random()")
    assert session.call("f", (Rng(7),)) == Returned(np.random.default_rng(7).random())


def test_arguments_are_the_calls_own_and_a_change_is_told(session):
    run(session, "def f(X, y, d):\n    X += 1\n    d['k'] = 2\n    return y")
    X = np.zeros(2)
    outcome = session.call("f", (X, 1.0, {"k": 1}), argument_names=["X", "y"])
    assert outcome == Returned(1.0, changed=("X", "argument 3"))
    np.testing.assert_array_equal(X, [0, 0])


def test_an_exception_is_told_with_its_place(session):
    run(session, "pass", "def f(x):\n    raise ValueError('too long')")
    assert session.call("f", (1.0,), shown=True) == Raised(
        "ValueError", "too long", "cell 2, line 2"
    )


def test_a_missing_name_is_missing(session):
    assert session.call("f", ()) == Missing()


def test_a_variable_is_read(session):
    run(session, "best_lam = 0.5\nkind = {1}")
    assert session.variable("best_lam") == Returned(0.5)
    assert session.variable("kind") == Unusable("a set")
    assert session.variable("nothing") == Missing()


def test_a_figure_is_read_as_data(session):
    run(session, "def draw(ax, x):\n    ax.plot(x, 2 * x)\n    ax.set_xlabel('strength')")
    outcome = session.call("draw", (np.array([1.0, 2.0]),), figure_facts=("xlabel", "lines"))
    assert outcome.value["xlabel"] == "strength"
    np.testing.assert_array_equal(outcome.value["lines"][0]["y"], [2, 4])


def test_a_call_can_ask_for_the_result_of_another_function(session):
    run(session, "def g(x): return 0.0", "def f(x): return g(x) + 1")
    assert session.call("f", (2.0,), ask={"g": lambda x: x * 10}) == Returned(21.0)
    assert session.call("f", (2.0,)) == Returned(1.0)


def test_what_an_asked_function_refuses_is_raised_by_its_name(session):
    run(session, "def f(x):\n    return g('no number')")
    outcome = session.call("f", (2.0,), ask={"g": lambda x: 1 / 0}, shown=True)
    assert (outcome.name, outcome.message) == ("RuntimeError", "ZeroDivisionError")


# Limits


@pytest.fixture(scope="module")
def hasty_sandbox(ensure):
    """A sandbox in which a cell may last half a second."""
    ensure(available())
    with Sandbox([], limits=Limits(cell_seconds=0.5)) as warm:
        yield warm


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("while True: pass", "time"),
        ("import os\nos._exit(3)", "exit"),
        ("import ctypes\nctypes.string_at(0)", "exit"),
    ],
    ids=["an endless loop", "a hard exit", "a crash"],
)
def test_a_cell_that_ends_the_process_is_the_last_and_says_why(hasty_sandbox, source, why):
    with hasty_sandbox.session() as session:
        *_, last = run(session, "x = 1", source, "x = 2")
        assert (last.number, last.stopped.why) == (2, why)
        assert not session.alive
        assert session.call("f", ()).why == why


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("import os\nos._exit(3)", "exit code 3"),
        ("import ctypes\nctypes.string_at(0)", "signal SIGSEGV"),
    ],
    ids=["exit", "crash"],
)
def test_an_end_is_told_in_detail(session, source, detail):
    (cell,) = run(session, source)
    assert cell.stopped.detail == detail


def test_a_call_has_its_own_limit_in_cpu_seconds():
    # Far below what any other call may use, so that no slow machine comes near to that.
    with Sandbox([], limits=Limits(call_seconds=30.0)) as sandbox, sandbox.session() as session:
        run(session, "def f():\n    while True: pass")
        assert session.call("f", (), cpu_seconds=0.2).why == "time"
        assert 0.2 <= session.cpu_seconds < 15.0


def test_waiting_is_not_cpu_time_but_ends_too():
    with Sandbox([], limits=Limits(idle_seconds=3.0)) as sandbox, sandbox.session() as session:
        short, long = run(session, "import time\ntime.sleep(0.4)", "time.sleep(60)")
        assert short.ok
        assert long.stopped.why == "time"
        assert long.stopped.detail.endswith("s of waiting")


def test_many_short_waits_end_where_all_of_them_are_allowed_to():
    limits = Limits(idle_seconds=30.0, waiting_seconds=1.0)
    # Two or three are enough, and some more where a cell takes longer to run than to sleep.
    nap = "__import__('time').sleep(0.5)"
    with Sandbox([], limits=limits) as sandbox, sandbox.session() as session:
        *short, last = run(session, *[nap] * 20)
        assert len(short) < 19
        assert last.stopped.why == "time"
        assert last.stopped.detail.endswith("s of waiting in all")
        assert session.waited_seconds > 1.0


def test_working_is_not_waiting():
    with Sandbox([], limits=Limits(waiting_seconds=2.0)) as sandbox, sandbox.session() as session:
        (cell,) = run(session, "import time\nwhile time.process_time() < 0.5: pass")
        assert cell.ok
        assert session.waited_seconds == 0


def test_too_much_memory_is_a_memory_error(session):
    run(session, "def f(): return bytearray(3_000_000_000)")
    assert session.call("f", ()) == Raised("MemoryError")


TOO_MUCH = {
    "many numbers": "[i / 7 for i in range(150_000)]",
    "very many numbers": "list(range(300_000))",
    "a text that grows when written down": "'\\0' * 400_000",
    "a long text": "'x' * 50_000_000",
    "a long key": "{'x' * 3_000_000: 1}",
    "an array": "np.zeros(10**7)",
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_more_data_than_is_allowed_is_told_as_such_and_ends_nothing(session, kind):
    run(session, f"import numpy as np\ndef f(): return {TOO_MUCH[kind]}\nx = f()")
    assert session.variable("x") == Stopped("output")
    assert session.call("f", ()) == Stopped("output")
    assert session.call("len", ("four",)) == Missing()
    assert session.alive


def test_a_session_costs_little(sandbox):
    began, cpu = time.process_time(), 0.0
    for _ in range(10):
        with sandbox.session() as session:
            run(session, "x = 1")
        cpu += session.cpu_seconds
    # Measured: 4 ms in the process, 2 ms here; ten times that on a slow and busy machine.
    assert cpu / 10 + (time.process_time() - began) / 10 < 0.06
