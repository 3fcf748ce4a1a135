"""Words from a student's process are bounded and cleaned; what lies about its form is refused."""

import pytest

from regcourse.grading.sandbox import wire
from regcourse.grading.sandbox.evidence import CellRun, clean, read_cell, read_outcome
from regcourse.questions import Missing, Raised, Returned, Stopped, Unusable


def outcome(shown, **header):
    return read_outcome(header, b"", wire.DEFAULT, shown=shown, output_chars=20)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("λ‖w‖²\n\tx", "λ‖w‖²\n\tx"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("user\u202egnp.exe", "user\ufffdgnp.exe"),
        ("a\x00b\rc", "a\ufffdb\ufffdc"),
        ("a\r\nb", "a\nb"),
        ("\ud800", "?"),
        ("x" * 99, "x" * 10),
        (None, ""),
        (["a"], ""),
    ],
    ids=[
        "letters",
        "escape",
        "direction",
        "control",
        "newline",
        "surrogate",
        "long",
        "none",
        "list",
    ],
)
def test_text_is_cut_and_cleaned(text, cleaned):
    assert clean(text, 10 if text and len(text) > 20 else 2000) == cleaned


@pytest.mark.parametrize(
    ("header", "run"),
    [
        ({"ok": True, "printed": "x"}, CellRun(3, ok=True, printed="x")),
        ({"ok": 1}, CellRun(3, ok=False, error="Exception")),
        ({}, CellRun(3, ok=False, error="Exception")),
        ({"error": 5, "line": "2"}, CellRun(3, ok=False, error="Exception")),
        ({"error": "E", "line": -4}, CellRun(3, ok=False, error="E")),
        ({"error": "E", "line": True}, CellRun(3, ok=False, error="E")),
        ({"error": "E", "line": 2}, CellRun(3, ok=False, error="E", line=2)),
        ({"ok": True, "missing": ["a\x00", 3, ""]}, CellRun(3, ok=False, missing=("a\ufffd",))),
        ({"ok": True, "missing": "a"}, CellRun(3, ok=True)),
        ({"error": "E", "missing": ["a"] * 9}, CellRun(3, False, "E", missing=("a",) * 5)),
    ],
    ids=[
        "ok",
        "a true number",
        "nothing",
        "wrong types",
        "negative",
        "bool",
        "a failure",
        "a package missing",
        "a text missing",
        "many missing",
    ],
)
def test_a_cell_is_read_whatever_its_fields_hold(header, run):
    assert read_cell(3, header, 100) == run


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"outcome": "returned", "value": 1, "printed": "p"}, Returned(1, (), "p")),
        (
            {"outcome": "raised", "error": "E", "message": "m", "cell": "<cell 2>", "line": 3},
            Raised("E", "m", "cell 2, line 3"),
        ),
        ({"outcome": "raised"}, Raised("Exception")),
        ({"outcome": "missing", "found": "a Thing"}, Missing("a Thing")),
        ({"outcome": "unusable", "what": "an object of type T"}, Unusable("an object of type T")),
        ({"outcome": "too much"}, Stopped("output")),
    ],
    ids=["returned", "raised", "raised bare", "missing", "unusable", "too much"],
)
def test_a_shown_outcome_keeps_its_words(header, expected):
    assert outcome(True, **header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"outcome": "returned", "value": 1, "printed": "p"}, Returned(1)),
        ({"outcome": "raised", "error": "Secret", "message": "m"}, Raised("Exception")),
        ({"outcome": "raised", "error": "LinAlgError", "line": 3}, Raised("LinAlgError")),
        ({"outcome": "missing", "found": "a Thing"}, Missing("")),
        ({"outcome": "missing", "found": "a module"}, Missing("a module")),
        ({"outcome": "unusable", "what": "T"}, Unusable("something that is not plain data")),
        ({"outcome": "unusable", "what": "a generator"}, Unusable("a generator")),
    ],
    ids=["printed", "own class", "known class", "own kind", "known kind", "own type", "known type"],
)
def test_a_hidden_outcome_keeps_no_word_of_the_students(header, expected):
    assert outcome(False, **header) == expected


@pytest.mark.parametrize("header", [{}, {"outcome": "passed"}, {"outcome": ["returned"]}])
def test_an_outcome_of_no_known_form_is_refused(header):
    with pytest.raises(wire.WireError, match="an outcome of an unknown form"):
        outcome(True, **header)
