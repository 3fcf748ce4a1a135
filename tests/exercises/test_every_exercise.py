"""Every exercise of the course proves what `regcourse check` asks; a new one is found by itself."""

from pathlib import Path

import pytest

from regcourse.authoring.proofs import prove
from regcourse.grading.cases import CaseStore
from regcourse.questions import load_exercise, run

HERE = Path(__file__).parent
EXERCISES = Path(__file__).parents[2] / "exercises"
FOLDERS = sorted(path for path in EXERCISES.iterdir() if path.is_dir() and path.name[0] not in "._")


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


@pytest.fixture
def verdicts(folder):
    """A function that grades a function on the hidden cases: one verdict for each group."""
    store = CaseStore(load_exercise(folder), b"not so secret")

    def grade(question, function):
        hidden = [store.hidden(question, group, "ada") for group in question.groups]
        return [
            store.judge(cases, [run(function, args, question.vocabulary) for args in cases.args])
            for cases in hidden
        ]

    return grade


def test_every_proof_of_an_author_holds(folder):
    _, said = prove(folder, brief=True)
    assert not said, "\n".join(("regcourse check has something to say:", *said))


def test_every_right_way_earns_all_points_from_the_grader(folder, verdicts):
    lost = [
        (question.name, right.__name__, verdict.said)
        for question in load_exercise(folder).functions
        for right in (question.reference, *question.rights)
        for verdict in verdicts(question, right)
        if verdict.status != "passed"
    ]
    assert lost == []


def test_every_mistake_is_named_by_the_grader_and_never_taken_for_another(folder, verdicts):
    named = {
        (question.name, mistake.name): {
            found.mistake for found in verdicts(question, mistake.function)
        }
        for question in load_exercise(folder).functions
        for mistake in question.mistakes
    }
    assert {key: names - {""} for key, names in named.items()} == {key: {key[1]} for key in named}


def test_another_file_holds_its_references_to_the_library(folder):
    """References call nothing of the library, so that only a test can know that the two agree."""
    exercise = load_exercise(folder)
    test = HERE / f"test_{folder.name}.py"
    assert test.is_file(), (
        f"tests/exercises/{test.name} is missing: it must show that what {folder.name} takes for "
        "right and the library agree"
    )
    text = test.read_text(encoding="utf-8")
    asked = [q.name for q in (*exercise.functions, *exercise.values) if q.kind != "figure"]
    assert [name for name in asked if name not in text] == [], (
        f"tests/exercises/{test.name} does not show of these that they agree with the library"
    )
