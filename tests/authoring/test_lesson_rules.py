"""Each rule of a lesson, by a fault that is planted and the words in which it is told."""

import nbformat
import pytest

from regcourse.authoring.lesson_rules import OF_RESULTS, OF_TEXT, Lesson
from regcourse.authoring.lessons import notebook_of

TEXT = """\
# %% [markdown]
# # Add two numbers
#
# *Lesson 04, about 5 minutes*
#
# **You will** add. **You will learn** what a sum is. **You need** two numbers and some patience.
#
# > **Predict.** Is the sum of two odd numbers odd?
# >
# > **Look** at the last digit.

# %%
from regcourse.widgets import UnitBall

print("a live figure:")
UnitBall()

# %% [markdown]
# ## Again
#
# The sum does not depend on the order, and neither does $f[x](y)$, which is no link.
#
# > **Predict.** What is the sum of the sum?
# >
# > **Look** at it.

# %%
print("sums:\\nof two")
print(3 + 0.5)

# %% [markdown]
# ## And again
#
# See [the first lesson](01_norms.ipynb#Norms) and [a page](https://example.org/1.55).
#
# > **Predict.** Is this the last one?
# >
# > **Look** at the end.

# %%
print("the end")

# %% [markdown]
# ## Three questions
#
# 1. Is 1 + 1 even?
# 2. Is 1 + 2?
# 3. Why?
#
# <details>1. Yes.</details>
#
# Now do [the exercise](../exercises/04_add/04_add.ipynb), which asks for a sum of your own.
"""
BALL = {
    "text/plain": "UnitBall: balls",
    "text/html": '<figure><svg><path transform="rotate(1.25)" d="M0.25 1.5"/></svg></figure>',
}


def stream(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def shown(**data):
    return nbformat.v4.new_output("display_data", data={**BALL, **data})


@pytest.fixture
def lesson(tmp_path):
    """A function that makes the lesson above, changed, as it is after its cells were run."""
    for link in ("notebooks/01_norms.ipynb", "exercises/04_add/04_add.ipynb", "README.md"):
        (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / link).touch()

    def make(old="", new="", name="04_add", **changed):
        assert old in TEXT
        text = tmp_path / f"{name}.py"
        text.write_text(TEXT.replace(old, new, 1) if old else TEXT, encoding="utf-8")
        notebook = notebook_of(text)
        results = {
            "first": [stream("a live figure:\n"), shown()],
            "second": [stream("sums:\nof two\n3.5\n")],
            "third": [stream("the end\n")],
        }
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell, outputs in zip(code, (results | changed).values(), strict=False):
            cell.outputs = outputs
        return Lesson(name, tmp_path / "notebooks", notebook)

    return make


def told(lesson):
    return [words for rule in (*OF_TEXT, *OF_RESULTS) for words in rule(lesson)]


def test_a_sound_lesson_is_told_nothing(lesson):
    assert told(lesson()) == []


WORDY = """\
# The sum does not depend on the order, and neither does $f[x](y)$, which is no link.
#
# > **Predict.** What is the sum of the sum?
# >
# > **Look** at it."""
FIRST = "code cell [1] ('from regcourse.widgets import UnitBall')"
THIRD = "code cell [3] ('print(\"the end\")')"
FAULTS = {
    "no title": (
        ("# # Add two", "# Add two"),
        "the first cell must open with the title, as in `# Shrink a fit`",
    ),
    "another lesson's number": (
        ("*Lesson 04,", "*Lesson 05,"),
        "the first cell must say `*Lesson NN, about 60 minutes*`, with numbers of its own",
    ),
    "no time": (
        ("about 5 minutes", "about an hour"),
        "the first cell must say `*Lesson NN, about 60 minutes*`, with numbers of its own",
    ),
    "a promise left out": (
        ("**You need**", "Bring"),
        "the first cell must say what **You need** ...",
    ),
    "a question that is none": (
        ("3. Why?", "3. Because."),
        "the last cell must ask three numbered questions under `## Three questions`",
    ),
    "no exercise": (
        ("../exercises/04_add/04_add.ipynb", "01_norms.ipynb"),
        "the last cell must link to an exercise: `](../exercises/NN_topic/NN_topic.ipynb)`",
    ),
    "a prediction that asks nothing": (
        ("Is this the last one?", "This is the last one."),
        f"{THIRD} has no prediction right above it: "
        "`> **Predict.**` with a question, then `> **Look** at ...`",
    ),
    "nothing to look at": (
        ("> **Look** at the last digit.", ""),
        f"{FIRST} has no prediction right above it: "
        "`> **Predict.**` with a question, then `> **Look** at ...`",
    ),
    "thirteen lines": (
        ('print("the end")', 'print("the end")\n' + "n = 1\n" * 12),
        f"{THIRD} has 13 lines: at most 12",
    ),
    "few words": (
        (WORDY, "# > **Predict.** So?\n# > **Look** at it."),
        "the prose '## Again' is shorter than 15 words",
    ),
    "a typed result": (
        ("does not depend on the order", "is 3.50 in any order"),
        "the prose '## Again' quotes 3.50: let a cell print results",
    ),
    "a file": (
        ('print("the end")', 'print("the end")\nopen("x")'),
        f"{THIRD} uses 'open(': a lesson depends on no file, no process, "
        "no clock and no unseeded generator",
    ),
    "the shell": (
        ('print("the end")', 'print("the end")\n!ls'),
        f"{THIRD} uses '!ls': a lesson depends on no file, no process, "
        "no clock and no unseeded generator",
    ),
    "an unseeded generator": (
        ('print("the end")', 'print("the end")\nnp.random.default_rng()'),
        f"{THIRD} uses 'np.random.default_rng': a lesson depends on no file, no process, "
        "no clock and no unseeded generator",
    ),
    "a broken link": (
        ("01_norms.ipynb#Norms", "02_nothing.ipynb#Norms"),
        "the link to 02_nothing.ipynb leads nowhere from notebooks/",
    ),
    "a link to what students do not get": (
        ("01_norms.ipynb#Norms", "../README.md"),
        "the link to ../README.md leads nowhere in work/, where students get notebooks alone",
    ),
    "no live figure": (
        ("from regcourse.widgets import UnitBall", "from regcourse.figures import UnitBall"),
        "no cell shows a live figure from regcourse.widgets: a lesson has one at least",
    ),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_text_is_told_in_words(lesson, change, words):
    assert told(lesson(*change)) == [words]


def test_a_name_without_a_number_is_told(lesson):
    said = "a lesson is called NN_topic, as 05_lasso is, and this one adding"
    assert told(lesson(name="adding")) == [said]


def test_too_little_and_too_much_prose_are_told(lesson):
    alone = lesson()
    alone.notebook.cells = [c for c in alone.notebook.cells if c.cell_type == "markdown"][:2] + [
        c for c in alone.notebook.cells if c.cell_type == "code"
    ]
    said = "2 cells of prose for 3 of code: between 0.8 and 1.5 for each"
    assert said in told(alone)
    much = lesson()
    much.notebook.cells = [*much.notebook.cells, much.notebook.cells[-1]]
    assert told(much) == ["5 cells of prose for 3 of code: between 0.8 and 1.5 for each"]


RESULTS = {
    "nothing shown": (
        {"third": []},
        f"{THIRD} shows nothing: end it in one thing to look at",
    ),
    "no heading": (
        {"first": [shown()]},
        f"{FIRST} shows its result at once: print a heading first, to which it is folded",
    ),
    "a computed heading": (
        {"second": [stream("3.5\nof two\n")]},
        "code cell [2] ('print(\"sums:\\\\nof two\")') is folded to '3.5', which it computed: "
        "print a heading first, as a plain string",
    ),
    "an error": (
        {"third": [stream("the end\n"), nbformat.v4.new_output("error", ename="ValueError")]},
        f"{THIRD} ends in ValueError: catch what a lesson shows, and print it",
    ),
    "three decimals": (
        {
            "first": [
                stream("a live figure:\n"),
                shown(**{"text/html": '<svg><circle cx="1.234"/>'}),
            ]
        },
        f"{FIRST} draws at 1.234: two decimals are enough, and the same everywhere",
    ),
    "no live figure shown": (
        {"first": [stream("a live figure:\n"), shown(**{"text/plain": "Picture: balls"})]},
        "no cell shows a live figure from regcourse.widgets: a lesson has one at least",
    ),
    "no picture": (
        {"first": [stream("a live figure:\n"), shown(**{"text/html": "<p>"})]},
        "no cell shows a picture: draw one with regcourse.figures",
    ),
}


@pytest.mark.parametrize(("change", "words"), RESULTS.values(), ids=RESULTS)
def test_a_fault_in_the_results_is_told_in_words(lesson, change, words):
    assert told(lesson(**change)) == [words]


def test_a_live_figure_may_be_named_by_its_room(lesson):
    named = lesson("from regcourse.widgets import UnitBall", "from regcourse import widgets")
    named.notebook.cells[1].source = 'print("a live figure:")\nwidgets.UnitBall()'
    assert told(named) == []


def test_a_cell_that_is_no_python_has_typed_nothing(lesson):
    broken = lesson('print("the end")', 'print("the end"')
    (words,) = told(broken)
    assert "is folded to 'the end', which it computed" in words


def test_every_rule_is_held_to_a_fault(lesson):
    made = [lesson(*change) for change, _ in FAULTS.values()]
    made += [lesson(**change) for change, _ in RESULTS.values()]
    made += [lesson(name="adding"), lesson()]
    made[-1].notebook.cells.pop()
    rules = (*OF_TEXT, *OF_RESULTS)
    assert [r.__name__ for r in rules if not any([*r(one)] for one in made)] == []
