"""Each rule of a lesson with cards, by a planted fault and the words in which it is told."""

from dataclasses import replace

import nbformat
import pytest

from regcourse.authoring import card_rules
from regcourse.authoring.lesson_cards import cards_of
from regcourse.authoring.lesson_rules import OF_TEXT, Lesson, results_fold_to_a_typed_line
from regcourse.authoring.lessons import notebook_of
from regcourse.cards import HOW

OPENING = """\
# %% [markdown]
# # Draw numbers
#
# *Lesson 04, about 5 minutes*
#
# **You will** draw. **You will learn** what a draw is. **You need** some patience, and a die.
"""
STEP = """
# %% [markdown]
# Here numbers of die {k} are drawn over and over again. What will become of all of them?

# %% [raw] card="draw_{k}"
# kind = "choice"
# ask = "What do the numbers of die {k} do?"
# debrief = "They never agree: every throw of die {k} forgets what came before it."
#
# [options.a]
# text = "Die {k} differs every time"
# right = true
# holds = "True"
#
# [options.b]
# text = "They agree"
# reply = "No die remembers what die {k} has shown."

# %%
x = {k}
print(x)
"""
ENDING = """
# %% [markdown]
# Three questions come at last; take your time with each of them, and look back where you must.
"""
CLOSE = """
# %% [raw] card="close_draw_{k}"
# kind = "choice"
# closing = true
# ask = "Is {k} a number?"
# debrief = "It is one, as all of the others are that were thrown here, number {k} included."
#
# [options.a]
# text = "Yes"
# right = true
#
# [options.b]
# text = "No"
# reply = "It is."

# %%
predict("close_draw_{k}")
"""
EXERCISE = """
# %% [markdown]
# Now do [the exercise](../exercises/04_draw/04_draw.ipynb), which asks
# for some draws of your own, and for a few words on them.
"""
TEXT = "".join(
    [
        OPENING,
        *(STEP.format(k=k) for k in range(10)),
        ENDING,
        *(CLOSE.format(k=k) for k in range(3)),
        EXERCISE,
    ]
).replace("x = 0\n", "from regcourse import predict\n\nx = 0\n")


def stream(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def shown(html):
    return nbformat.v4.new_output(
        "display_data", data={"text/html": html, "text/plain": "long " * 30}
    )


CARD = [shown('What?\n<div class="pc-still"><svg/></div>'), shown(HOW)]
PICTURE = [*CARD, shown("<figure><svg/></figure>")]


@pytest.fixture
def lesson(tmp_path):
    """A function that makes the lesson above, changed; the first five cards end in a picture."""
    (tmp_path / "exercises" / "04_draw").mkdir(parents=True)
    (tmp_path / "exercises" / "04_draw" / "04_draw.ipynb").touch()
    texts = tmp_path / "notebooks" / "text"
    texts.mkdir(parents=True)
    (texts / "05_other.py").write_text('# %% [raw] card="other"\n')

    def make(old="", new="", pictures=5):
        assert old in TEXT
        text = texts / "04_draw.py"
        text.write_text(TEXT.replace(old, new, 1) if old else TEXT, encoding="utf-8")
        notebook = notebook_of(text)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for k, cell in enumerate(code):
            cell.outputs = PICTURE if k < pictures else [*CARD, stream("a line\n")]
        return Lesson("04_draw", texts.parent, notebook, cards_of(text))

    return make


def told(lesson):
    return [
        words
        for rule in (*OF_TEXT, *card_rules.OF_TEXT, *card_rules.OF_RESULTS)
        for words in rule(lesson)
    ]


def test_a_sound_lesson_with_cards_is_told_nothing(lesson):
    assert told(lesson()) == []


def test_its_results_fold_to_their_questions(lesson):
    assert list(results_fold_to_a_typed_line(lesson())) == []


FOURTH = "code cell [4] ('predict(\"draw_3\")')"
DRAWS = (
    f"{FOURTH} draws: say how often, in a comment. A claim takes `# 1000 draws` (at least 100, "
    "a number of the code); else it is `# one draw, to look at`"
)
WITHOUT = STEP.format(k=3).replace(STEP.format(k=3)[STEP.format(k=3).index("\n# %% [raw]") :], "")
FAULTS = {
    "nine cards": (
        (STEP.format(k=3), ""),
        "9 cards, the closing ones not counted: 10 to 15 a lesson",
    ),
    "two closing cards": (
        (CLOSE.format(k=2), ""),
        "2 closing cards: a lesson ends with 3 at least",
    ),
    "no exercise": (
        ("[the exercise](../exercises/04_draw/04_draw.ipynb)", "the exercise of this lesson"),
        "the last cell must link to an exercise: `](../exercises/NN_topic/NN_topic.ipynb)`",
    ),
    "a card below code": (
        (WITHOUT, ""),
        "card draw_3 has no prose right above it: what leads to its question?",
    ),
    "a debrief visible before the run": (
        ("numbers of die 3 are drawn", "die 3 forgets; *every* throw of die 3 forgets what came "
         "before it. They are drawn"),
        "card draw_3: the debrief stands in the lesson already: "
        "'every throw of die 3 forgets what came before it.'",
    ),
    "a debrief visible in a later heading": (
        ("# Here numbers of die 4", "# ## Every throw of die 3 forgets what came before it\n#\n"
         "# Here numbers of die 4"),
        "card draw_3: the debrief stands in the lesson already: "
        "'every throw of die 3 forgets what came before it.'",
    ),
    "a reply visible in a comment": (
        ("x = 3", "x = 3  # no die remembers what die 3 has shown"),
        "card draw_3: the reply stands in the lesson already: "
        "'No die remembers what die 3 has shown.'",
    ),
    "a right answer in the prose above": (
        ("What will become of all of them?", "Die 0 differs, *every* time! Does it?"),
        "card draw_0: the prose above gives its right answer away: 'die 0 differs every time'",
    ),
    "a right answer in the next heading": (
        ("# Here numbers of die 4", "# ## Die 3 differs every time\n#\n# Here numbers of die 4"),
        "card draw_3: the next heading gives its right answer away: 'die 3 differs every time'",
    ),
    "a heading that follows a result without a debrief": (
        ("# %% [markdown]\n# Three questions", "# %%\nprint(x + 1)\n\n# %% [markdown]\n"
         "# ## Three questions\n#\n# Three questions"),
        "code cell [11] ('print(x + 1)') is followed by '## Three questions': say what it showed, "
        "or ask a card, whose debrief does",
    ),
    "a claim from one draw": (("x = 3", "x = rng.normal()"), DRAWS),
    "a claim from too few draws": (("x = 3", "x = rng.normal(size=20)  # 20 draws"), DRAWS),
    "a claim from draws that were not drawn": (
        ("x = 3", "x = rng.normal(size=20)  # 1000 draws"),
        DRAWS,
    ),
    "a result in a debrief": (
        ("They never agree: every throw of die 3", "It is 0.25: every throw of die 3"),
        "card draw_3: its debrief quotes 0.25: let a cell print results",
    ),
    "a name of another lesson's card": (
        ('card="draw_3"', 'card="other"'),
        "card other: 05_other has one of this name, and a name is unique",
    ),
    "a long cell": (
        ("x = 3\n", "x = 3\n" * 12),
        f"{FOURTH} has 13 lines: at most 12",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_told_and_nothing_else(lesson, change, words):
    assert told(lesson(*change)) == [words]


HONEST = {
    "many draws": "x = rng.normal(size=1_000)  # 1000 draws",
    "written with commas": "x = rng.normal(size=40_000)  # 40,000 draws of the first weight",
    "one to look at": "x = rng.normal()  # one draw, to look at",
    "five to look at": "x = rng.normal(size=5)  # 5 draws, to look at",
    "no generator": "x = np.linalg.norm([3, 4])",
}


@pytest.mark.parametrize("code", HONEST.values(), ids=HONEST)
def test_a_cell_that_says_how_often_it_draws_is_told_nothing(lesson, code):
    assert told(lesson("x = 3", code)) == []


def test_a_cell_of_twelve_lines_and_a_card_is_not_too_long(lesson):
    assert told(lesson("x = 3", "x = 3\n" * 10 + "x = 3")) == []
    # In the first cell a blank line comes with the card.
    assert told(lesson("x = 0\n", "x = 0\n" * 9)) == []


def test_half_of_the_cards_end_in_a_picture_of_the_cell_s_own(lesson):
    words = "4 of 10 cards end in a picture or a live figure: half at least"
    assert told(lesson(pictures=4)) == [words]


def test_no_printed_line_is_wider_than_a_narrow_cell(lesson):
    wide = lesson()
    wide.code[7][1].outputs = [*CARD, stream("narrow\n" + "x" * 61 + "\n")]
    (words,) = told(wide)
    assert words.startswith("code cell [8] ('predict(\"draw_7\")') prints 61 letters in a line")


def test_a_card_after_a_closing_one_is_told(lesson):
    sound = lesson()
    first, *rest = sound.cards.items()
    late = replace(sound, cards=dict([*rest, first]))
    assert told(late) == ["a card that is asked after a closing one must close the lesson too"]
