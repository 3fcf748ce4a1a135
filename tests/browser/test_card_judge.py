"""What the browser makes of a guess, and of a kernel that does not answer: without JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest

from regcourse.cards._still import JS

FAKE = (Path(__file__).parent / "fake.js").read_text(encoding="utf-8")
JUDGE = """async ([site, kind, answer, guess]) =>
    (await import(site + 'judge.js')).judge(kind, answer, guess)"""
NUMBER = """async ([site, typed, unit]) =>
    (await import(site + 'judge.js')).numberIn(typed, unit)"""


@pytest.fixture(scope="module")
def page(hands, browser):
    """A page in which the files of the card's js/ can be imported."""
    page = browser.new_page()
    page.site = hands.serve_modules(page, JS)
    yield page
    page.close()


def answer(right, **more):
    wrong = more.pop("wrong", [])
    told = {"right": right, "replies": {}, "reply": "other", "within": [], "factor": 0} | more
    return told | {"wrong": [{"near": near, "reply": reply} for near, reply in wrong]}


WITHIN = answer(0.4, within=[0.05], wrong=[(0.8, "doubled"), (0.2, "halved")])
FACTOR = answer(-100, factor=2, wrong=[(100, "sign")])
PLACE = answer([2, 0], within=[0.3, 0.6], wrong=[([0, 4], "highest")])
CHOICES = answer("ac", replies={"a": "a is", "b": "b is not", "d": "d is not"})
CASES = [
    ("choice", answer("b", replies={"a": "no", "b": "well"}), "b", "right", ["well"]),
    ("choice", answer("b", replies={"a": "no"}), "a", "wrong", ["no"]),
    ("choice", answer("b", replies={"a": "no"}), "b", "right", []),
    ("choices", CHOICES, "ac", "right", []),
    ("choices", CHOICES, "a", "wrong", []),  # c was missed, and has no sentence
    ("choices", CHOICES, "cd", "wrong", ["a is", "d is not"]),
    ("choices", CHOICES, "abc", "wrong", ["b is not"]),
    ("number", WITHIN, 0.45, "right", []),
    ("number", WITHIN, 0.35, "right", []),
    ("number", WITHIN, 0.46, "wrong", ["other"]),
    ("number", WITHIN, 0.76, "wrong", ["doubled"]),
    ("number", WITHIN, 0.21, "wrong", ["halved"]),
    ("number", FACTOR, -50, "right", []),
    ("number", FACTOR, -200, "right", []),
    ("number", FACTOR, -201, "wrong", ["other"]),
    ("number", FACTOR, 150, "wrong", ["sign"]),
    ("number", FACTOR, 0, "wrong", ["other"]),
    ("order", answer("cab", wrong=[("abc", "as listed")]), "cab", "right", []),
    ("order", answer("cab", wrong=[("abc", "as listed")]), "abc", "wrong", ["as listed"]),
    ("order", answer("cab", wrong=[("abc", "as listed")]), "acb", "wrong", ["other"]),
    ("place", PLACE, [2.29, 0], "right", []),
    ("place", PLACE, [2, 0.59], "right", []),
    ("place", PLACE, [2.29, 0.59], "wrong", ["other"]),
    ("place", PLACE, [0.1, 4.2], "wrong", ["highest"]),
]


@pytest.mark.parametrize(("kind", "known", "guess", "outcome", "said"), CASES)
def test_a_guess_is_judged_and_told_its_own_sentence(page, kind, known, guess, outcome, said):
    found = page.evaluate(JUDGE, [page.site, kind, known, guess])
    assert found == {"outcome": outcome, "said": said}


TYPED = {
    "0.5": 0.5, "0,5": 0.5, " .5 ": 0.5, "1/2": 0.5, "5e-1": 0.5, "50 %": 50, "50%": 50,
    "+3": 3, "-3": -3, "\u22123": -3, "2.": 2,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), TYPED.items())
def test_what_people_type_as_a_number_is_one(page, typed, value):
    assert page.evaluate(NUMBER, [page.site, typed, "%"]) == value


@pytest.mark.parametrize("typed", ["", "many", "1/0", "1/2/3", "1,000,000", "--1", "0x10", "%"])
def test_what_is_none_is_not_taken_for_one(page, typed):
    assert page.evaluate("async (given) => Number.isNaN(await (" + NUMBER + ")(given))",
                         [page.site, typed, "%"])  # fmt: skip


MOUNT = """async ([site, fake, card, answer]) => {
    const blob = URL.createObjectURL(new Blob([fake], { type: 'text/javascript' }));
    const { fakeModel } = await import(blob);
    document.body.innerHTML = '<div id="here"></div>';
    const traits = { card, answer, picture: {}, said: {}, back: [], kept: '', queued: false };
    window.model = fakeModel(traits);
    const { default: widget } = await import(site + 'card.js');
    window.end = widget.render({ model, el: document.getElementById('here') });
}"""


@pytest.fixture
def mounted(page):
    """A card without a kernel."""
    card = {"name": "x", "kind": "choice", "ask": "Is `a` right?", "unit": "", "closing": False}
    card["options"] = {"a": "Yes", "b": "<b>No</b>"}
    known = answer("a", replies={"b": "It is."}, debrief="It `was`.")
    page.clock.install()
    page.evaluate(MOUNT, [page.site, FAKE, card, known])
    return page


def test_an_author_s_words_are_text_and_backticks_are_code(mounted):
    assert mounted.locator("code").inner_text() == "a"
    assert mounted.locator("button", has_text="<b>No</b>").count() == 1


def test_a_guess_that_nobody_keeps_is_said_to_be_so_until_it_is(mounted):
    mounted.locator("button", has_text="Yes").click()
    assert mounted.locator(".pc-late").count() == 0
    mounted.clock.run_for(3000)
    assert "Not kept yet" in mounted.locator(".pc-late").inner_text()
    mounted.evaluate("() => model.set('kept', 'right')")
    assert mounted.locator(".pc-late").count() == 0


def test_a_card_that_fails_says_so_and_holds_nothing_back(mounted):
    mounted.evaluate(
        """() => {
            model.traits.answer.right = null;
            document.querySelectorAll('button')[1].click();
        }"""
    )
    assert "This card stopped working" in mounted.locator("[role=alert]").inner_text()
    assert mounted.locator(".pc-told").count() == 1


def test_a_card_that_was_taken_away_leaves_nothing_behind(mounted):
    mounted.locator("button", has_text="Yes").click()
    mounted.evaluate("() => end()")
    mounted.clock.run_for(3000)
    assert mounted.evaluate("() => model.heard.size") == 0
    assert mounted.locator(".pc-late, .pc-after").count() == 0
