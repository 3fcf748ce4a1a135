"""From raw cells to cards in the notebook, each proved by what its cell shows."""

import json
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring import lesson_cards
from regcourse.authoring.lesson_cards import asking, run_lesson, unanswered
from regcourse.authoring.lessons import build_lesson, cards_of, notebook_of
from regcourse.cards import cards_beside, opened, read_cards
from regcourse.errors import LessonError

SAMPLE = Path(__file__).parents[1] / "cards" / "sample" / "90_sample.ipynb"
TEXT = """\
# %% [markdown]
# # Draw

# %% [raw] card="even"
# kind = "choice"
# ask = "Is two even?"
# debrief = "One two three four five six seven eight nine ten words are enough."
# [options.a]
# text = "Yes"
# right = true
# holds = "two % 2 == 0"
# [options.b]
# text = "No"
# reply = "It is."

# %%
two = 2
print(two)

# %% [markdown]
# The end.

# %% [raw] card="close_even"
# kind = "choice"
# closing = true
# ask = "Was it even?"
# debrief = "One two three four five six seven eight nine ten words are enough."
# [options.a]
# text = "Yes"
# right = true
# [options.b]
# text = "No"
# reply = "It was."

# %%
predict("close_even")
"""


@pytest.fixture
def text(tmp_path):
    """A function that writes the lesson's text, changed."""

    def write(old="", new=""):
        assert old in TEXT
        path = tmp_path / "04_draw.py"
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample as it is made from its text."""
    notebook = tmp_path_factory.mktemp("notebooks") / "90_sample.ipynb"
    build_lesson(SAMPLE.parent / "text" / "90_sample.py", notebook)
    return notebook


def test_the_stored_sample_is_what_its_text_makes(made):
    assert made.read_bytes() == SAMPLE.read_bytes()


def test_a_notebook_carries_its_cards_with_the_answers_that_its_cells_gave(made):
    (cards,) = cards_beside(made.parent)
    right = {name: opened("90_sample", card).right for name, card in cards.cards.items()}
    assert right == {
        "sample_choice": "b",
        "sample_choices": "ac",
        "sample_number": 42.8571,
        "sample_order": "cba",
        "sample_place": (2.0, 0.0),
        "sample_close": "a",
    }


def test_a_result_is_folded_to_its_card(made):
    code = [c for c in nbformat.read(made, as_version=4).cells if c.cell_type == "code"]
    assert [cell.metadata.get("jupyter") for cell in code] == [{"outputs_hidden": True}] * 7
    first = code[0].outputs[0].data["text/html"].splitlines()[0]
    assert first == "Two dice of 3 and 4 pips: what is their sum?"


def test_a_card_opens_its_cell(text):
    cells = asking(notebook_of(text()))
    assert cells["even"].source == 'predict("even")\ntwo = 2\nprint(two)'
    assert cells["close_even"].source == 'predict("close_even")'


def test_it_comes_after_the_import_in_the_lesson_s_first_cell(text):
    imports = (
        "import json\n\nfrom regcourse import data, predict\nfrom regcourse.linear import ridge"
    )
    cell = asking(notebook_of(text("two = 2", f"{imports}\n\ntwo = 2")))["even"]
    assert cell.source.startswith(f'{imports}\n\npredict("even")\n\ntwo = 2')


def test_no_raw_cell_is_left(text):
    assert {cell.cell_type for cell in notebook_of(text()).cells} == {"markdown", "code"}


def test_a_lesson_without_cards_carries_nothing(tmp_path):
    path = tmp_path / "04_draw.py"
    path.write_text("# %%\n1\n")
    assert "regcourse" not in notebook_of(path).metadata


def test_a_change_in_a_card_is_a_change_of_the_notebook(text):
    before = unanswered(notebook_of(text()))
    assert unanswered(notebook_of(text('holds = "two', 'holds = "2 + two'))) != before


FAULTS = {
    "a card above prose": (
        "# %%\ntwo = 2\nprint(two)\n",
        "# %% [markdown]\n# Two.\n",
        "card even must stand right above a cell of code",
    ),
    "a card above a card": (
        "# %%\ntwo = 2\nprint(two)\n\n# %% [markdown]\n# The end.\n",
        "",
        "card even must stand right above a cell of code",
    ),
    "a card at the end": (
        '\n# %%\npredict("close_even")\n',
        "",
        "card close_even must stand right above a cell of code",
    ),
    "a name twice": ('card="close_even"', 'card="even"', "card even stands there twice"),
    "a call that is typed": (
        "two = 2",
        'predict("even")\ntwo = 2',
        "card even: its cell is given predict(...) when the notebook is made",
    ),
    "a call without a card": (
        "# %% [markdown]\n# The end.\n",
        '# %%\npredict("nothing")\n',
        'predict("nothing") has no card right above its cell',
    ),
    "a closing card above other code": (
        'predict("close_even")',
        "print(two)",
        'card close_even closes the lesson: below it stands predict("close_even")',
    ),
    "a card that is wrong": (
        "Is two even?",
        "Two is even.",
        "ask must be one line with a question",
    ),
}


@pytest.mark.parametrize(("old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_become_a_card_is_told(text, old, new, words):
    path = text(old, new)
    with pytest.raises(LessonError) as told:
        notebook_of(path)
    assert words in str(told.value)


@pytest.fixture
def kernel(monkeypatch):
    """A function that makes `execute` print this of every card, without running anything."""

    def says(**found):
        monkeypatch.setattr(
            lesson_cards,
            "execute",
            lambda lesson, name, beside, asked: {id_: json.dumps(found) for id_ in asked},
        )

    return says


def test_a_right_answer_that_the_cell_does_not_show_is_told(text, kernel):
    path = text()
    kernel(**{"holds a": {"value": False}})
    said = run_lesson(notebook_of(path), cards_of(path), "04_draw")
    words = "card even: its right answer a is not what the cell shows: `two % 2 == 0` is False"
    assert said == [words]


def test_no_notebook_is_made_of_such_a_lesson(text, kernel, tmp_path):
    kernel(**{"holds a": {"value": False}})
    with pytest.raises(LessonError, match="lesson 04_draw: card even: its right answer a"):
        build_lesson(text(), tmp_path / "04_draw.ipynb")
    assert not (tmp_path / "04_draw.ipynb").exists()


def test_what_the_cell_shows_is_filled_in(text, kernel):
    path = text()
    lesson = notebook_of(path)
    kernel(**{"holds a": {"value": True}})
    assert run_lesson(lesson, cards_of(path), "04_draw") == []
    cards = read_cards(lesson.metadata)
    assert opened("04_draw", cards.cards["even"]).right == "a"
