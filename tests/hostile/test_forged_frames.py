"""The student's process owns its end of the socket: whatever it writes, the grader stays right."""

import pytest

from regcourse.questions import Returned, Stopped

# A cell that finds the socket; `say` writes a frame whose lengths need not be true.
SOCKET = """
import json, os, socket, stat, struct, sys
fd = next(n for n in range(3, 100) if stat.S_ISSOCK(os.fstat(n).st_mode))
def say(text, raw=b"", lengths=None):
    text = text if isinstance(text, bytes) else text.encode()
    os.write(fd, struct.pack("<II", *(lengths or (len(text), len(raw)))) + text + raw)
def reply(value, raw=b"", **fields):
    frame = sys._getframe()
    while "header" not in frame.f_locals:
        frame = frame.f_back
    fields = {"type": "answer", "outcome": "returned"} | fields
    fields["id"] = frame.f_locals["header"]["id"]
    say(json.dumps(fields)[:-1] + ', "value": ' + value + "}", raw)
"""

FORBIDDEN = {
    "bytes that are no frame": "os.write(fd, b'passed' * 100)",
    "a frame longer than allowed": "say('{}', lengths=(2**32 - 1, 0))",
    "arrays longer than allowed": "say('{}', lengths=(2, 2**32 - 1))",
    "text that is not UTF-8": "say(b'\\xff\\xfe{}')",
    "text that is not JSON": "say('{passed')",
    "JSON nested a hundred thousand deep": "say('[' * 100_000 + ']' * 100_000)",
    "a number of a million digits": "reply('9' * 1_000_000)",
    "a constant that JSON does not have": "reply('NaN')",
    "a header that is a list": "say('[1, 2]')",
    "an answer to no question": 'say(\'{"type": "answer", "id": "x", "value": 42.0}\')',
    "a question that was not allowed": 'say(\'{"type": "ask", "name": "f", "args": []}\')',
    "a verdict": 'say(\'{"type": "verdict", "points": 100}\')',
    "an outcome of its own": "reply('1', outcome='passed', points=5)",
    "a value with a tag of its own": """reply('{"pickle": "gASV"}')""",
    "a value with two tags": """reply('{"tuple": [], "list": []}')""",
    "a generator from a seed": """reply('{"rng": 7}')""",
    "an object array": """reply('{"array": ["|O", [1]]}', b'12345678')""",
    "a structured array": """reply('{"array": ["|V8", [1]]}', b'12345678')""",
    "an array longer than its frame": """reply('{"array": ["<f8", [1000]]}', b'12345678')""",
    "an array of a negative length": """reply('{"array": ["<f8", [-1]]}')""",
    "an array of an impossible shape": """reply('{"array": ["<f8", [0, 1000000000000000000]]}')""",
    "an array with a true length": """reply('{"array": ["<f8", [true]]}', b'12345678')""",
    "bytes that no array claims": "reply('1.0', b'12345678')",
    "too many values": "reply('[' + '[],' * 300_000 + '[]]')",
    "a value nested too deep": "reply('[' * 40 + ']' * 40)",
    "an integer beyond 64 bits": "reply(str(2**70))",
    "a float beyond all floats": "reply('1e999')",
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_forged_frame_ends_the_session_and_says_so(session, kind):
    body = FORBIDDEN[kind].replace("\n", "\n    ")
    session.run_cells([(1, SOCKET), (2, f"def f():\n    {body}\n    return 42.0")])
    outcome = session.call("f", (), shown=True)
    assert isinstance(outcome, Stopped)
    assert outcome.why == "forbidden"
    assert not session.alive


def test_an_answer_given_ahead_of_the_question_is_refused(session):
    early = "say(json.dumps({'type': 'answer', 'id': '0' * 16, 'outcome': 'returned', 'value': 1}))"
    first, second = session.run_cells([(1, SOCKET), (2, f"f = abs\n{early}")])
    assert first.ok
    assert second.stopped == Stopped("forbidden", "the process sent an answer to no question")


def test_an_answer_given_twice_spoils_the_next_question(session):
    session.run_cells([(1, SOCKET), (2, "def f():\n    reply('1.0')")])
    assert session.call("f", ()) == Returned(1.0)
    assert session.call("f", ()) == Stopped("forbidden")


def test_a_closed_socket_ends_the_session(session):
    session.run_cells([(1, SOCKET), (2, "def f():\n    os.close(fd)")])
    assert session.call("f", (), shown=True).why == "exit"


def test_a_frame_that_never_ends_is_waited_for_only_so_long(session):
    drip = "say('{}', lengths=(100, 0))\n    import time\n    while True: time.sleep(0.2)"
    session.run_cells([(1, SOCKET), (2, f"def f():\n    {drip}")])
    outcome = session.call("f", (), shown=True)
    assert outcome.why == "time"
    assert "of waiting" in outcome.detail


def test_words_from_the_process_are_cleaned(session):
    words = "'\\x1b[31m\\u202egnp\\ud800\\x00' * 3"
    session.run_cells(
        [(1, SOCKET), (2, f"def f():\n    reply('1', outcome='raised', error={words})")]
    )
    assert session.call("f", (), shown=True).name == "�[31m�gnp?�" * 3


def test_positions_of_changed_arguments_are_checked(session):
    changed = "reply('null', changed=[0, 9, -1, 'x', True, None, [0]])"
    session.run_cells([(1, SOCKET), (2, f"def f(x):\n    {changed}")])
    assert session.call("f", (1.0,), argument_names=["X"]).changed == ("X",)


ASKING = "def f(x):\n    say(json.dumps({'type': 'ask', 'name': %s, 'args': %s}))\n    return 1.0"


@pytest.mark.parametrize(
    ("name", "args"),
    [("'eval'", "{'tuple': ['1']}"), ("'g'", "[1.0]"), ("'g'", "{'array': ['|O', [1]]}")],
    ids=["another function", "arguments that are no tuple", "an object array"],
)
def test_a_forged_question_ends_the_session(session, name, args):
    session.run_cells([(1, SOCKET), (2, ASKING % (name, args))])
    outcome = session.call("f", (1.0,), ask={"g": lambda x: x}, shown=True)
    assert outcome.why == "forbidden"


def test_questions_without_end_are_stopped(session):
    session.run_cells([(1, "def f():\n    while True: g(1.0)")])
    outcome = session.call("f", (), ask={"g": lambda x: x}, shown=True, cpu_seconds=30)
    assert outcome == Stopped("forbidden", "the process sent more than 1000 questions")
