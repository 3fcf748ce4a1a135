"""Each attack comes in a submission whose answers are wrong: it gains nothing, learns nothing.

An attack (attacks/*.txt, one under each ###) says what it found, or ESCAPED if it got through,
by raising it: the message of a failed cell is the widest channel into what is shown.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ATTACKS = {
    f"{file.stem}: {name}": code
    for file in sorted((HERE / "attacks").glob("*.txt"))
    for name, code in re.findall(r"^### (.+)\n((?:(?!### ).*\n?)*)", file.read_text(), re.MULTILINE)
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
    code = ATTACKS[kind].replace("PLANTED", str(planted)).replace("REPO", str(HERE.parents[1]))
    before = desk.processes()
    result = desk.attack(code.replace("ESCAPED", escaped))
    told = told_of(result)
    assert [q.earned for q in result.questions if q.name != "why"] == [0, 0, 0, 0]
    assert token not in told
    assert escaped not in told
    assert len(told) < 100_000
    assert desk.processes() == before  # the warm interpreter among them


def test_what_an_attack_finds_would_be_told(desk, token):
    assert token in told_of(desk.attack(f"raise RuntimeError('{token}')"))


def test_an_honest_submission_earns_every_mark_after_an_attack(desk):
    desk.attack(next(iter(ATTACKS.values())))
    result = desk.mark(**desk.right)
    assert [q.earned for q in result.questions if q.name != "why"] == [5, 2, 1, 2]
