import pytest

from regcourse.authoring.proofs import prove


def test_a_sound_exercise_has_nothing_to_mend(thin):
    exercise, said = prove(thin)
    assert said == []
    assert exercise.points == 13


CHANGES = {
    "neutral": ("lam / len(X)", "lam", "no group of cases catches forgets_n"),
    "too near": ("lam / len(X)", "lam * (1 + 1e-5)", "forgets_n and the reference are only"),
    "wrong way": ("np.sqrt(n * lam)", "np.sqrt(lam)", "the right way augmented_rows is"),
    "import": (
        "    A = np.vstack([Xc,",
        "    A = math.sqrt(1) * np.vstack([Xc,",
        "augmented_rows needs more than numpy and earlier answers: NameError",
    ),
    "data": (
        "X = rng.normal(size=(20, 3))",
        "X = 1 / 0",
        "mean_y: its data patients stop with Zero",
    ),
    "data's kind": (
        "return X, X @ [1.0, 2.0, 3.0] +",
        "return X @ [1.0, 2.0, 3.0] +",
        "mean_y: its data patients must be a tuple",
    ),
    "reference": (
        "y - y.mean()\n    w = np.linalg.solve(",
        "y / 0\n    w = 1 / 0 * np.linalg.solve(",
        "the reference of ridge_fit raises ZeroDivisionError",
    ),
    "draw": ("return [one(12, 0.3), one(17, 2.0)]", "return one(12, 0.3)", "a non-empty list"),
}


@pytest.mark.parametrize(("old", "new", "says"), CHANGES.values(), ids=CHANGES.keys())
def test_what_does_not_hold_is_said_in_words(edited, old, new, says):
    _, said = prove(edited(old, new))
    assert any(says in words for words in said), said


def test_two_mistakes_that_give_the_same_are_told(edited):
    twin = (
        '@ridge_fit.mistake("Is it twice?")\n'
        "def twin(X, y, lam):\n    return ridge_fit(X, y, lam / len(X))\n"
    )
    folder = edited("@ridge_fit.also_right", f"{twin}\n\n@ridge_fit.also_right")
    _, said = prove(folder)
    assert any("forgets_n and twin are only 0 tolerances apart" in words for words in said)


def test_a_value_whose_mistake_gives_the_right_value_is_told(edited):
    same = (
        '@mean_y.mistake("Which y?")\ndef same(X, y):\n    return sum(y) / len(y)\n\n\nex.choice('
    )
    _, said = prove(edited("ex.choice(", same))
    assert any("same give the same value for 50 of 50" in words for words in said)
