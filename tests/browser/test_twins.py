"""The browser's mathematics and Python's are one: the same numbers, the same words.

Everything here loops over tests/widgets/examples; the modules are loaded as they are written.
"""

from __future__ import annotations

import pytest

from regcourse.widgets._modules import JS

COMPUTE = """async ([name, given, states]) => {
    const { compute, words } = await import(name);
    return states.map((state) => {
        const found = compute(given, state);
        return { found, words: words(found) };
    });
}"""
CALL = """async ([name, called, many]) => {
    const found = (await import(name))[called];
    return many.map((given) => found(...given));
}"""
EXPORTS = "async (name) => Object.keys(await import(name)).filter((each) => each !== 'default')"


def test_a_figure_computes_the_same_and_says_the_same(modules, tables, example):
    given, twin = example.make().given, tables.twin(example.stem)
    theirs = modules.evaluate(COMPUTE, [f"{modules.site}{example.stem}.js", given, example.states])
    for state, one in zip(example.states, theirs, strict=True):
        found = twin.compute(given, state)
        tables.assert_agree(one["found"], found, example.within, f"{example.name} at {state}")
        assert one["words"] == twin.words(found), f"the words differ at {state}"


def test_a_function_that_both_have_returns_the_same(modules, tables, calls):
    ours = getattr(tables.twin(calls.stem), calls.function)
    given = [f"{modules.site}{calls.stem}.js", calls.in_the_browser, calls.arguments]
    for arguments, theirs in zip(calls.arguments, modules.evaluate(CALL, given), strict=True):
        found = ours(*map(tables.as_ours, arguments))
        tables.assert_agree(theirs, found, calls.within, f"{calls.name}{arguments}")


@pytest.mark.parametrize("stem", sorted(path.stem for path in JS.glob("*.js")))
def test_every_function_that_a_module_exports_is_compared(modules, tables, stem):
    exported = modules.evaluate(EXPORTS, f"{modules.site}{stem}.js")
    called = [each.in_the_browser for each in tables.calls() if each.stem == stem]
    compared = {"compute", "words"} if any(s.stem == stem for s in tables.examples()) else set()
    left = sorted(set(exported) - set(called) - compared)
    assert not left, f"js/{stem}.js exports {left}, which examples/{stem}.py never calls"
