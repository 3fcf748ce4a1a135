"""Every lesson that is found holds what it promises; its notebook is what its text makes."""

from pathlib import Path

import pytest

from regcourse.authoring.lesson_proof import prove_lesson

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
TEXTS = sorted((NOTEBOOKS / "text").glob("*.py"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_nothing_is_to_mend_in_a_lesson(text):
    # What is stored is proved; that the cells print it today is proved by nbval.
    assert prove_lesson(text, run=False)[1] == []


def test_every_notebook_has_its_text():
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} <= {text.stem for text in TEXTS}
