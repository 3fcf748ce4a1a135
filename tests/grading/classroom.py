"""A class that hands in everything a class can hand in, and what each of them has earned.

`pupils` lists them for one exercise; `write` puts their folders down. Loaded by path, so that
benchmarks may use it too. Nothing here asks the engine what it thinks: a mark is either all
points of a question, or written in the tables below.
"""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regcourse.questions import Exercise, FunctionQuestion, ValueQuestion, answer_of, source_of

Mark = tuple[float | None, str, str]
"""Points (None: waits for a person), status, name of the mistake."""


@dataclass
class Homework:
    """One student's copy of the released notebook, to be cut up as students do.

    `raw` is written in place of the notebook, `beside` next to it; with `missing`, there is none.
    """

    exercise: Exercise
    released: dict[str, Any]
    notebook: dict[str, Any]
    student: str
    name: str = ""
    raw: bytes | None = None
    beside: dict[str, bytes] = field(default_factory=dict)
    missing: bool = False

    @property
    def cells(self) -> list[dict[str, Any]]:
        return self.notebook["cells"]

    def at(self, id_: str) -> int:
        return next(k for k, cell in enumerate(self.cells) if cell.get("id") == id_)

    def cell(self, id_: str) -> dict[str, Any]:
        return self.cells[self.at(id_)]

    def set(self, id_: str, source: str, **others: Any) -> None:
        self.cell(id_).update(source=source, **others)

    def answer(self, question: str, source: str) -> None:
        self.set(f"answer-{question}", source)

    def add(
        self, source: str, cell_type: str = "code", below: str = "setup", **others: Any
    ) -> None:
        extra = {"outputs": [], "execution_count": None} if cell_type == "code" else {}
        made = {"cell_type": cell_type, "metadata": {}, "source": source} | extra | others
        self.cells.insert(self.at(below) + 1, made)

    def sign(self, name: str) -> None:
        self.set("setup", self.stub("setup").replace('"your-id"', repr(name)))

    def stub(self, id_: str) -> str:
        """Return a cell's source as released."""
        return next(text(c["source"]) for c in self.released["cells"] if c["id"] == id_)

    def delete(self, *ids: str) -> None:
        self.notebook["cells"] = [cell for cell in self.cells if cell.get("id") not in ids]

    def move(self, id_: str, below: str) -> None:
        cell = self.cells.pop(self.at(id_))
        self.cells.insert(self.at(below) + 1, cell)

    def write(self, folder: Path) -> None:
        path = folder / self.student / (self.name or f"{self.exercise.name}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        document = json.dumps(self.notebook, ensure_ascii=False).encode()
        if not self.missing:
            path.write_bytes(document if self.raw is None else self.raw)
        for name, data in self.beside.items():
            other = folder / self.student / name
            other.parent.mkdir(parents=True, exist_ok=True)
            other.write_bytes(data)


@dataclass(frozen=True)
class Pupil:
    """Who hands in what. All is right but for what `differs`.

    With `status`, every question has that one, and `problem` begins the words that say why.
    """

    student: str
    change: Callable[[Homework], object] = lambda homework: None
    differs: Mapping[str, Mark] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    status: str = ""
    problem: str = ""


def homework(exercise: Exercise, released: dict[str, Any], student: str) -> Homework:
    """Return a copy in which every question is answered right."""
    made = Homework(exercise, released, copy.deepcopy(released), student)
    made.sign(student)
    for question in exercise.questions.values():
        made.answer(question.name, answer_of(question))
    return made


def text(source: Any) -> str:
    """Return a cell's source, which a notebook may hold as lines."""
    return source if isinstance(source, str) else "".join(source)


def value_by(question: ValueQuestion, function: Callable[..., Any]) -> str:
    """Return a cell that computes a variable by an author's function, from the student's data."""
    data = f"*{question.data.__name__}(rng_of(STUDENT))" if question.data else ""
    return (
        f"{_with_reference(question, function, '_compute')}\n\n\n{question.name} = _compute({data})"
    )


def instead(question: FunctionQuestion, function: Callable[..., Any]) -> str:
    """Return a cell that answers a question by another of the author's functions."""
    return _with_reference(question, function, question.name)


def _with_reference(
    question: FunctionQuestion | ValueQuestion, function: Callable[..., Any], name: str
) -> str:
    """Return the source of a function under another name.

    Where it calls the reference, the reference goes with it, called otherwise.
    """
    tree = _called(ast.parse(source_of(function)), question.name, "_right")
    source = ast.unparse(_called(tree, function.__name__, name))
    if "_right(" not in source:
        return source
    reference = _called(ast.parse(source_of(question.reference)), question.name, "_right")
    return f"{ast.unparse(reference)}\n\n\n{source}"


def _called(tree: ast.AST, old: str, new: str) -> ast.AST:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == old:
            node.name = new
        elif isinstance(node, ast.Name) and node.id == old:
            node.id = new
    return tree


def expected(exercise: Exercise, pupil: Pupil) -> dict[str, Mark]:
    """Return what a pupil earns for each question."""
    full: dict[str, Mark] = {}
    for question in exercise.questions.values():
        if pupil.status:
            waits = pupil.status == "needs a person"
            full[question.name] = (None if waits else 0.0, pupil.status, "")
        elif question.kind == "written":
            full[question.name] = (None, "needs a person", "")
        else:
            full[question.name] = (question.points, "passed", "")
    return full | dict(pupil.differs)


def write(folder: Path, exercise: Exercise, released: dict[str, Any], pupils: list[Pupil]) -> None:
    """Write one folder of submissions."""
    for pupil in pupils:
        made = homework(exercise, released, pupil.student)
        pupil.change(made)
        made.write(folder)
