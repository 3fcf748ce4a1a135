"""Written answers are found where students leave them."""

from dataclasses import replace

import pytest

from regcourse.grading.intake.notebook import NotebookCell
from regcourse.grading.intake.written import written_answers

MARK = "<!-- answer: why_centre -->"


@pytest.fixture
def answer(cells, at):
    """The cell of the written answer."""
    return cells[at("answer-why_centre")]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_comment_and_placeholder_are_stripped(read, cells, answer, kind):
    answer.update(source=f"{MARK}\nYOUR ANSWER HERE\n\nb absorbs the means.\n", cell_type=kind)
    assert read(cells).written == {"why_centre": "b absorbs the means."}


@pytest.mark.parametrize("source", ["", MARK, f"{MARK}\n_YOUR ANSWER HERE_", " \n"])
def test_an_untouched_answer_is_empty(read, cells, answer, source):
    answer["source"] = source
    assert read(cells).written == {"why_centre": ""}


def test_an_answer_without_its_comment_is_found_by_id(read, cells, answer):
    answer["source"] = "Because."
    assert read(cells).written == {"why_centre": "Because."}


@pytest.mark.parametrize("mark", [MARK, "<!--answer:why_centre-->", "# answer: why_centre"])
def test_an_answer_without_its_id_is_found_by_comment(read, cells, answer, mark):
    answer.update(id="f00", source=f"{mark}\nBecause.")
    assert read(cells).written == {"why_centre": "Because."}


def test_nbgraders_name_stands_in_for_a_lost_id(read, cells, answer):
    answer.update(source="Because.", metadata={"nbgrader": {"grade_id": "answer-why_centre"}})
    del answer["id"]
    assert read(cells).written == {"why_centre": "Because."}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (f"{MARK}\nBecause x = 1.", "Because x = 1."),
        ("Because of it.", "Because of it."),
        ("# answer: why_centre\nreason = 1", "reason = 1"),
    ],
    ids=["with its comment", "without it", "with a comment of Python"],
)
def test_an_answer_that_became_code_is_read_and_not_run(read, cells, answer, source, text):
    answer.update(cell_type="code", source=source)
    submission = read(cells)
    assert submission.written == {"why_centre": text}
    assert 10 not in [number for number, _ in submission.cells]
    assert submission.notices == (
        "Cell 10, the answer to why_centre, had become a code cell: it was read as text.",
    )


def test_an_empty_answer_that_became_code_is_not_said_to_be_read(read, cells, answer):
    answer["cell_type"] = "code"
    submission = read(cells)
    assert submission.written == {"why_centre": ""}
    assert submission.notices == ()


def test_what_is_marked_as_the_answer_to_another_question_is_none_to_this_one(read, cells, answer):
    answer["source"] = "<!-- answer: why_ridge -->\nBecause."
    assert read(cells).written == {"why_centre": ""}


def test_code_in_the_place_of_an_answer_is_read_and_run(read, cells, answer):
    answer.update(cell_type="code", source="reason = 1")
    submission = read(cells)
    assert submission.written == {"why_centre": "reason = 1"}
    assert submission.cells[-1] == (10, "reason = 1")


def test_the_halves_of_a_split_answer_are_joined(read, cells, at, answer):
    answer["source"] = f"{MARK}\nFirst."
    cells.insert(at("answer-why_centre") + 1, {"cell_type": "markdown", "source": "Second."})
    submission = read(cells)
    assert submission.written == {"why_centre": "First.\n\nSecond."}
    assert submission.notices == (
        "The answer to why_centre stands in cells 10 and 11, and was joined.",
    )


def test_text_below_code_is_no_half_of_an_answer(read, cells, at, answer):
    answer["source"] = f"{MARK}\nFirst."
    below = [{"cell_type": "code", "source": "1 + 1"}, {"cell_type": "markdown", "source": "So."}]
    place = at("answer-why_centre") + 1
    cells[place:place] = below
    assert read(cells).written == {"why_centre": "First."}


def test_a_half_below_a_half_without_its_comment_is_joined_too(read, cells, at, answer):
    answer["source"] = "First."
    place = at("answer-why_centre") + 1
    cells[place:place] = [{"cell_type": "raw", "source": text} for text in ("Second.", "Third.")]
    assert read(cells).written == {"why_centre": "First.\n\nSecond.\n\nThird."}


def test_a_copy_with_the_answer_wins_over_the_empty_cell(read, cells):
    cells.append({"cell_type": "markdown", "source": f"{MARK}\nBecause."})
    submission = read(cells)
    assert submission.written == {"why_centre": "Because."}
    assert submission.notices == ()


def test_other_text_is_no_answer(read, cells, at):
    cells.insert(at("prose-3") + 1, {"cell_type": "markdown", "source": "Thank you!"})
    cells.insert(0, {"cell_type": "markdown", "source": "Ada Lovelace"})
    assert read(cells).written == {"why_centre": ""}


BEGUN = f"{MARK}\nIn two sentences:\n\nYOUR ANSWER HERE"


@pytest.mark.parametrize(
    ("sources", "answer"),
    [
        ([BEGUN], ""),
        (["In two sentences:"], ""),
        ([f"{MARK}\nIn two sentences:\n\nBecause."], "Because."),
        ([f"{MARK}\nBecause."], "Because."),
        ([BEGUN, "Because."], "Because."),
        ([f"{MARK}\nBecause.", BEGUN], "Because."),
    ],
    ids=[
        "untouched",
        "without its comment",
        "below it",
        "in its place",
        "in the next cell",
        "above a copy as released",
    ],
)
def test_what_was_released_in_an_answers_cell_is_no_part_of_the_answer(layout, sources, answer):
    released = replace(
        next(cell for cell in layout.cells if cell.question == "why_centre"), source=BEGUN
    )
    cells = [NotebookCell(k, "markdown", source) for k, source in enumerate(sources, 1)]
    one = replace(layout, cells=(released,))
    assert written_answers(cells, one, {1: released.id}).answers == {"why_centre": answer}


def test_a_deleted_answer_is_told(read, cells, at):
    del cells[at("answer-why_centre")]
    submission = read(cells)
    assert submission.written == {"why_centre": ""}
    assert submission.notices == ("The cell for the written answer why_centre is gone.",)


def test_a_very_long_answer_is_cut(read, cells, answer):
    answer["source"] = "x" * 60_000
    submission = read(cells)
    assert len(submission.written["why_centre"]) == 50_000
    assert submission.notices == (
        "The answer to why_centre is longer than 50000 characters; the rest was cut off.",
    )


def test_a_line_made_to_slow_the_search_does_not(read, cells, answer):
    answer["source"] = "<!-- answer: a" + " " * 1_000_000 + "b"
    assert read(cells).written["why_centre"].startswith("<!-- answer: a")
