"""How questions are declared, and what an author is told who declares them wrongly."""

import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import VOCABULARY, Exercise


def double(x):
    """Return twice x."""
    return 2 * x


def draw(rng):
    return [(1.0,)]


@pytest.fixture
def ex():
    return Exercise("91_own", title="Own")


@pytest.fixture
def question(ex):
    return ex.function()(double)


def test_a_question_is_the_reference_and_can_be_called(question):
    assert (question.name, question.kind, question(4)) == ("double", "function", 8)


def test_points_add_up_from_groups_to_exercise(ex, question):
    question.cases("one", points=2)(draw)
    question.cases("two", points=0.5, public=False)(draw)
    ex.written("why", "Why?", points=3, scheme={"a": 2, "b": 1}, sample="Because.")
    assert (question.points, ex.points) == (2.5, 5.5)


def test_declaring_leaves_the_authors_functions_as_they_were(ex, question):
    assert question.cases("one", points=1)(draw) is draw
    assert question.mistake("Why?")(double) is double
    assert question.also_right(double) is double
    assert question.certificate(double) is double
    assert ex.data(draw) is draw
    assert ex.data_functions == {"draw": draw}


@pytest.mark.parametrize(
    ("doc", "sentence"),
    [
        (None, "forgets the n"),
        ("It forgets n.\n\n    More of it.", "It forgets n"),
        ("It forgets\n    the n of the average.", "It forgets the n of the average"),
    ],
    ids=["name", "docstring", "two lines"],
)
def test_a_mistake_is_its_docstring_or_its_name_read_aloud(question, doc, sentence):
    def forgets_the_n(x):
        return x

    forgets_the_n.__doc__ = doc
    question.mistake("Where is n?")(forgets_the_n)
    assert (question.mistakes[0].name, question.mistakes[0].sentence) == ("forgets_the_n", sentence)


def test_a_figure_is_a_function_with_a_vocabulary(ex):
    figure = ex.figure(points=2, compare=("title",))(double)
    figure.cases("some")(draw)
    assert (figure.kind, figure.points, figure.vocabulary) == ("figure", 2, ("title",))


def test_a_value_on_a_students_own_data_ships_nothing(ex):
    assert not ex.value(points=1, data=draw)(double).instant
    ex.questions.clear()
    assert ex.value(points=1)(double).instant
    ex.questions.clear()
    assert not ex.value(points=1, instant=False)(double).instant


def twice(make):
    def declare(ex):
        make(ex)
        make(ex)

    return declare


def with_cases(**options):
    return lambda ex: ex.function()(double).cases("g", **options)(draw)


def undocumented(x):
    return x


def Capital(x):
    """Return x."""
    return x


OPTIONS = {"a": ("text", "reply"), "b": ("text", "reply")}
WRONG = {
    "no docstring": (lambda ex: ex.function()(undocumented), "undocumented needs a docstring"),
    "no value docstring": (
        lambda ex: ex.value(points=1)(undocumented),
        "undocumented needs a docstring",
    ),
    "no figure docstring": (
        lambda ex: ex.figure(compare=["title"])(undocumented),
        "undocumented needs a docstring",
    ),
    "capital": (lambda ex: ex.function()(Capital), "must be in snake_case, got 'Capital'"),
    "same name": (twice(lambda ex: ex.function()(double)), "two questions are called double"),
    "strength": (
        lambda ex: ex.function(strength="lam")(double),
        "double: strength='lam' is not one of its arguments",
    ),
    "vocabulary": (
        lambda ex: ex.figure(compare=["colour"]),
        r"compare must name some of .*, got \['colour'\]",
    ),
    "no vocabulary": (lambda ex: ex.figure(compare=[]), "compare must name some of"),
    "negative points": (
        with_cases(points=-1),
        "double, 'g': points must be a number >= 0, got -1",
    ),
    "points in words": (with_cases(points="2"), "points must be a number >= 0, got '2'"),
    "true points": (with_cases(points=True), "points must be a number >= 0, got True"),
    "value's points": (lambda ex: ex.value(points=-1)(double), "double: points must be a number"),
    "right": (
        lambda ex: ex.choice("pick", "?", points=1, right="c", options=OPTIONS),
        "pick: right='c' is not one of its options",
    ),
    "option": (
        lambda ex: ex.choice("pick", "?", points=1, right="a", options={"a": "xy"}),
        r"pick: option 'a' must be \(text, reply\)",
    ),
    "letter": (
        lambda ex: ex.choice("pick", "?", points=1, right=1, options={1: ("text", "reply")}),
        "pick: an option's letter must be text, got 1",
    ),
    "choice's points": (
        lambda ex: ex.choice("pick", "?", points=None, right="a", options=OPTIONS),
        "pick: points must be a number >= 0, got None",
    ),
    "needs in one word": (
        lambda ex: ex.function(needs="double")(double),
        "double: needs must be a list of names, got 'double'",
    ),
    "packages in one word": (
        lambda ex: Exercise("91_own", title="Own", packages="numpy"),
        "packages must be a list of names, got 'numpy'",
    ),
    "mistake's arguments": (
        lambda ex: ex.function()(double).mistake("?")(lambda x, y: x),
        "double: <lambda> must take the arguments x: missing a required argument: 'y'",
    ),
    "right way's arguments": (
        lambda ex: ex.function()(double).also_right(lambda: 1),
        "double: <lambda> must take the arguments x: too many positional arguments",
    ),
    "scheme": (
        lambda ex: ex.written("why", "?", points=3, scheme={"a": 1, "b": 1}, sample="."),
        "why: the scheme adds up to 2, its points are 3",
    ),
}


@pytest.mark.parametrize(("declare", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_declaration_is_refused_in_words(ex, declare, says):
    with pytest.raises(ExerciseError, match=says):
        declare(ex)


def test_a_second_group_mistake_or_certificate_of_one_name_is_refused(question):
    question.cases("one", points=1)(draw)
    question.mistake("?")(double)
    question.certificate(double)
    with pytest.raises(ExerciseError, match="double: two groups of cases are called 'one'"):
        question.cases("one", points=1)
    with pytest.raises(ExerciseError, match="double: two mistakes are called double"):
        question.mistake("?")(double)
    with pytest.raises(ExerciseError, match="double has two certificates"):
        question.certificate(double)


@pytest.mark.parametrize("hint", ["", "  ", None, double], ids=["empty", "blank", "None", "bare"])
def test_a_mistake_needs_a_hint(question, hint):
    with pytest.raises(ExerciseError, match="double: a mistake needs a hint, got"):
        question.mistake(hint)


def test_every_word_of_the_vocabulary_can_be_compared(ex):
    assert ex.figure(compare=VOCABULARY)(double).vocabulary == VOCABULARY
