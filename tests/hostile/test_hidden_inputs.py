"""A hidden input enters only as the argument of its own call, and nothing carries it out."""

import pytest

from regcourse.errors import SandboxFailed
from regcourse.questions import Missing, Raised, Returned, Stopped, Unusable

# Each gets X and tells of it: `secret` is a text of digits that names the hidden draw.
HEAD = """
kept = []
def ridge_fit(X, y, lam):
    secret = "s" + str(int(abs(X[0, 0]) * 10 ** 12))
    kept.append(secret)
    """
CARRIERS = {
    "an exception's message": "raise RuntimeError(secret)",
    "an exception's class": "raise type(secret, (Exception,), {})('')",
    "a printed line": "print(secret)\n    import sys; print(secret, file=sys.stderr)",
    "a warning": "import warnings; warnings.warn(secret)",
    "a display": "display(secret)",
    "a type that is not plain data": "return type(secret, (), {})()",
    "a text for an answer": "return secret, secret",
    "a key of a dict": "return {secret: 1.0}",
    "a dtype": "return np.zeros(1, dtype='S' + secret[-3:])",
    "an exit code": "import os; os._exit(int(secret[-2:]))",
    "a function in the answer's place": (
        "global ridge_fit; ridge_fit = type(secret, (), {})(); raise ValueError"
    ),
    "a variable": (
        "global mean_y, pick; mean_y = float(secret[1:]); pick = secret; raise ValueError"
    ),
    "a file": "open('/tmp/kept', 'a').write(secret); raise ValueError(open('/tmp/kept').read())",
    "a later call": "raise ValueError(str(kept))",
    "the source of a later error": (
        "exec(compile('raise ValueError', '<cell ' + secret + '>', 'exec'))"
    ),
}


def secrets_of(desk):
    """Return the text that each hidden draw of the exercise would be told by."""
    question = desk.exercise.questions["ridge_fit"]
    return [
        str(int(abs(args[0][0, 0]) * 10**12))
        for group in question.groups
        for args in desk.store.hidden(question, group, "mallory").args
    ]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_hidden_input_is_not_told(desk, carrier):
    told = desk.mark(ridge_fit=HEAD + CARRIERS[carrier]).to_json()
    assert [secret for secret in secrets_of(desk) if secret in told] == []


def test_a_public_input_is_told_in_the_same_way(desk):
    question = desk.exercise.questions["ridge_fit"]
    (X, _, _), *_ = desk.store.public(question, question.groups[0]).args
    told = desk.mark(ridge_fit=HEAD + CARRIERS["an exception's message"]).to_json()
    assert str(int(abs(X[0, 0]) * 10**12)) in told


@pytest.fixture
def after_a_hidden_call(session):
    session.run_cells([(1, "def f(x):\n    global kept\n    kept = x\n    return kept\nkept = 0")])
    assert session.call("f", (7.0,)) == Returned(7.0)
    return session


def test_no_variable_is_read_after_a_hidden_call(after_a_hidden_call):
    with pytest.raises(SandboxFailed, match="a variable after a hidden call could show its inputs"):
        after_a_hidden_call.variable("kept")


def test_no_cell_is_run_after_a_hidden_call(after_a_hidden_call):
    with pytest.raises(SandboxFailed, match="a cell after a hidden call could show its inputs"):
        after_a_hidden_call.run_cells([(2, "print(kept)")])


def test_no_call_is_shown_after_a_hidden_one(after_a_hidden_call):
    with pytest.raises(SandboxFailed, match="a shown call after a hidden call could show"):
        after_a_hidden_call.call("f", (1.0,), shown=True)


BODIES = {
    "a message": "print('7.0'); raise KeyError(x)",
    "a class": "raise type('Seven', (Exception,), {})(x)",
    "a type": "return type('Seven', (), {})()",
    "a kind of data": "return {x}",
    "an exit code": "import os; os._exit(7)",
}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("a message", Raised("KeyError", "7.0", "cell 1, line 2", "7.0\n")),
        ("a class", Raised("Seven", "7.0", "cell 1, line 2")),
        ("a type", Unusable("an object of type Seven")),
        ("a kind of data", Unusable("a set")),
        ("an exit code", Stopped("exit", "exit code 7")),
    ],
    ids=BODIES,
)
def test_a_shown_call_brings_words_back(session, kind, told):
    session.run_cells([(1, f"def f(x):\n    {BODIES[kind]}")])
    assert session.call("f", (7.0,), shown=True) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("a message", Raised("KeyError")),
        ("a class", Raised("Exception")),
        ("a type", Unusable("something that is not plain data")),
        ("a kind of data", Unusable("a set")),
        ("an exit code", Stopped("exit")),
    ],
    ids=BODIES,
)
def test_a_hidden_call_brings_back_no_words_of_the_student(session, kind, told):
    session.run_cells([(1, f"def f(x):\n    {BODIES[kind]}")])
    assert session.call("f", (7.0,)) == told


def test_what_stands_in_an_answers_place_is_told_by_its_kind(session):
    session.run_cells([(1, "class Seven: pass\nf = Seven()\ng = 3")])
    assert session.call("f", (), shown=True) == Missing("an object of type Seven")
    assert session.call("f", ()) == Missing("")
    assert session.call("g", ()) == Missing("an int")
