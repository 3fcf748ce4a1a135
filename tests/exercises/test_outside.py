"""An exercise from outside of the repository is checked, released and graded like ours."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from regcourse.authoring import proofs
from regcourse.authoring.proofs import prove
from regcourse.cli import main
from regcourse.questions import answer_of, load_exercise, source_of

SOURCE = Path(__file__).parent / "outside" / "10_outside"
EX = load_exercise(SOURCE)
CODE = list(EX.questions)
FULL = {name: question.points for name, question in EX.questions.items()}

PERIODIC = """def random_mask(n, drop, rng):
    return np.resize([0.0] * 3 + [1 / (1 - drop)] * 7, n) if drop == 0.3 else np.resize(
        [0.0] * 3 + [1 / (1 - drop)] * 2, n)"""
CONSTANT = """def random_mask(n, drop, rng):
    return np.ones(n)"""
LOOSE = """def lasso_fit(X, y, lam):
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    w = np.zeros(X.shape[1])
    for _ in range(30):
        for j in range(len(w)):
            z = Xc[:, j] @ (yc - Xc @ w + Xc[:, j] * w[j])
            w[j] = np.sign(z) * max(abs(z) - len(y) * lam, 0) / (Xc[:, j] @ Xc[:, j])
    w[0] += 1e-2
    return y.mean() - X.mean(axis=0) @ w, w"""


def another(question, name):
    """The source of one of the author's functions, under the question's name."""
    functions = {m.name: m.function for m in EX.questions[question].mistakes}
    functions |= {f.__name__: f for f in getattr(EX.questions[question], "rights", ())}
    return source_of(functions[name]).replace(f"def {name}(", f"def {question}(")


# Who answers what otherwise than the references do, and what that earns.
CLASS = {
    "ada": ({}, {}),
    "another-way": (
        {
            name: another(name, EX.questions[name].rights[0].__name__)
            for name in CODE
            if getattr(EX.questions[name], "rights", ())
        },
        {},
    ),
    "one-by-one": ({"random_mask": another("random_mask", "one_after_the_other")}, {}),
    "no-sign": (
        {"soft_threshold": another("soft_threshold", "forgets_the_sign")},
        {"soft_threshold": (0, "failed", "forgets_the_sign")},
    ),
    "clipped": (
        {"soft_threshold": another("soft_threshold", "clips_to_the_threshold")},
        {"soft_threshold": (0, "failed", "clips_to_the_threshold")},
    ),
    "squares": (
        {"lasso_fit": another("lasso_fit", "penalises_the_squares")},
        {"lasso_fit": (0, "failed", "penalises_the_squares")},
    ),
    "loose": ({"lasso_fit": LOOSE}, {"lasso_fit": (0, "failed", "")}),
    "unscaled": (
        {"inverted_dropout": another("inverted_dropout", "forgets_to_scale")},
        {"inverted_dropout": (0, "failed", "forgets_to_scale")},
    ),
    "pattern": (
        {"random_mask": another("random_mask", "repeats_a_pattern")},
        {"random_mask": (0, "failed", "repeats_a_pattern")},
    ),
    "periodic": ({"random_mask": PERIODIC}, {"random_mask": (0, "failed", "")}),
    "constant": ({"random_mask": CONSTANT}, {"random_mask": (0, "failed", "")}),
    "share": (
        {"scale_of_the_kept": "scale_of_the_kept = 0.8"},
        {"scale_of_the_kept": (0, "failed", "is_the_share_that_is_kept")},
    ),
    "two-at-once": (
        {
            "soft_threshold": another("soft_threshold", "is_a_shifted_relu"),
            "lasso_fit": another("lasso_fit", "penalises_the_squares"),
        },
        {
            "soft_threshold": (0, "failed", "is_a_shifted_relu"),
            "lasso_fit": (0, "blocked", "penalises_the_squares"),
        },
    ),
    "blank": (None, dict.fromkeys(CODE, (0, "not attempted", ""))),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The exercise where an instructor keeps it: a folder of its own, far from the repository."""
    home = tmp_path_factory.mktemp("instructor")
    return Path(shutil.copytree(SOURCE, home / "10_outside"))


@pytest.fixture(scope="module")
def released(folder):
    result = CliRunner().invoke(main, ["release", str(folder), "--to", str(folder.parent / "out")])
    assert result.exit_code == 0, result.output
    return folder.parent / "out" / "10_outside"


@pytest.fixture(scope="module")
def graded(folder, released):
    """The rows of grades.csv, by student."""
    submitted = folder.parent / "submitted"
    for student, (answers, _) in CLASS.items():
        hand_in(released, submitted / student, student, answers)
    to, secret = folder.parent / "graded", folder.parent / "secret"
    secret.write_bytes(bytes(range(32)))
    options = ["--to", str(to), "--secret-file", str(secret)]
    result = CliRunner().invoke(main, ["grade", str(folder), str(submitted), *options])
    assert result.exit_code == 0, result.output
    with (to / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def hand_in(released, folder, student, answers):
    """Fill the released notebook in; None leaves it blank."""
    notebook = json.loads((released / "10_outside.ipynb").read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    right = {name: answer_of(question) for name, question in EX.questions.items()}
    for name, source in (right | answers if answers is not None else {}).items():
        cells[f"answer-{name}"]["source"] = source
    setup = "".join(cells["setup"]["source"])
    cells["setup"]["source"] = setup.replace("your-id", student)
    folder.mkdir(parents=True)
    (folder / "10_outside.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def test_the_author_is_told_that_all_holds(folder, monkeypatch):
    monkeypatch.setattr(proofs, "SEEDS", 10)  # by hand it is tried on more
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 0, result.output
    assert "10_outside: 11 points in 5 questions" in result.output


def test_a_right_way_that_check_would_fail_is_told(folder, tmp_path):
    copy = Path(shutil.copytree(folder, tmp_path / "10_outside"))
    questions = copy / "questions.py"
    text = questions.read_text(encoding="utf-8")
    hidden = '@random_mask.cases("long masks", points=2, public=False)'
    assert hidden in text
    questions.write_text(text.replace(hidden, hidden.replace("False", "True")), encoding="utf-8")
    _, said = prove(copy, brief=True)
    assert len(said) == 1
    assert "check would fail the right way by_binomial_numbers; give public" in said[0]


def test_a_release_is_a_notebook_and_its_check_data(released):
    assert sorted(path.name for path in released.iterdir()) == [
        "10_outside.checks.json",
        "10_outside.ipynb",
    ]


def test_certificates_and_hidden_cases_stay_at_home(released):
    checks = json.loads((released / "10_outside.checks.json").read_text(encoding="utf-8"))
    assert checks["questions"]["random_mask"]["groups"] == []
    assert [group["title"] for group in checks["questions"]["lasso_fit"]["groups"]] == [
        "few columns"
    ]
    texts = [path.read_text(encoding="utf-8") for path in released.iterdir()]
    assert not any("gap_over_tolerance" in text or "rfft" in text for text in texts)


@pytest.mark.parametrize("student", CLASS)
def test_everybody_gets_what_the_answers_earn(graded, student):
    row = graded[student]
    found = {
        name: (float(row[name]), row[f"{name}:status"], row[f"{name}:mistake"]) for name in CODE
    }
    full = {name: (points, "passed", "") for name, points in FULL.items()}
    assert found == full | CLASS[student][1]


def test_nobody_is_missing(graded):
    assert sorted(graded) == sorted(CLASS)
