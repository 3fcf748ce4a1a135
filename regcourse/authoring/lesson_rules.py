"""What every lesson promises its reader: one small function a rule, from a lesson to sentences.

To add a rule, write a function and put it into `OF_TEXT` or `OF_RESULTS`; to drop one, take it out.
No sentence means that the rule holds.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from regcourse.authoring.execution import code_cells, name_of_cell
from regcourse.authoring.lesson_cards import ASKS, is_card
from regcourse.cards import WrittenCard

LONGEST_CELL = 12
SHORTEST_PROSE = 15
PROSE_FOR_A_CODE_CELL = (0.8, 1.5)
PROMISES = ("**You will**", "**You will learn**", "**You need**")

_PREDICTION = re.compile(r"> \*\*Predict\.\*\*.*\?.*> \*\*Look\*\*", re.DOTALL)
# What the notebook's builder put in to ask a card: no line of the author's.
_ASKED = re.compile(rf"(?:^\n)?{ASKS.pattern}\n?", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
# What brackets and braces mean in formulas and code is no link.
_NO_PROSE = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$|`[^`\n]*`", re.DOTALL)
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
# A result has two decimals or more, an example like p = 0.5 has one.
RESULT = re.compile(r"\d\.\d\d+")
_OUTSIDE = re.compile(
    r"\b(?:open|Path|subprocess|multiprocessing|time|os|sys)\b[.(]"
    r"|^\s*[!%]\w+|np\.random\.(?!default_rng\(\d)\w+",
    re.MULTILINE,
)
_PLACES = re.compile(
    r' (?:d|points|transform|[xyr][12]?|c[xy]|width|height|viewBox|font-size|stroke-\w+)="([^"]*)"'
)


@dataclass(frozen=True)
class Lesson:
    """A lesson's name, the folder in which its notebook lies, its notebook, and its cards.

    One without cards is of the older form.
    """

    name: str
    folder: Path
    notebook: Any
    cards: Mapping[str, WrittenCard] = field(default_factory=dict)

    @cached_property
    def code(self) -> list[tuple[str, Any]]:
        """The cells of code, each with what an author calls it."""
        return [(name_of_cell(number, cell), cell) for number, cell in code_cells(self.notebook)]

    @cached_property
    def prose(self) -> list[str]:
        return [cell.source for cell in self.notebook.cells if cell.cell_type == "markdown"]

    @cached_property
    def drawings(self) -> list[tuple[str, str]]:
        """Every SVG that a cell shows, with the cell's name."""
        shown = [(name, output.get("data", {})) for name, c in self.code for output in c.outputs]
        kinds = ("text/html", "image/svg+xml")
        found = [(name, "".join(data.get(kind, "") for kind in kinds)) for name, data in shown]
        return [(name, drawing) for name, drawing in found if "<svg" in drawing]


def called_by_number_and_topic(lesson: Lesson) -> Iterator[str]:
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", lesson.name):
        yield f"a lesson is called NN_topic, as 05_lasso is, and this one {lesson.name}"


def opens_with_what_is_to_come(lesson: Lesson) -> Iterator[str]:
    opening = lesson.notebook.cells[0].source
    if not re.match(r"# \w+", opening):
        yield "the first cell must open with the title, as in `# Shrink a fit`"
    number = re.match(r"\d\d", lesson.name)
    own = number[0] if number else r"\d\d"
    if not re.search(rf"\*Lesson {own}, about \d+ minutes\*", opening):
        yield "the first cell must say `*Lesson NN, about 60 minutes*`, with numbers of its own"
    for promise in PROMISES:
        if promise not in opening:
            yield f"the first cell must say what {promise} ..."


def ends_with_three_questions(lesson: Lesson) -> Iterator[str]:
    """In the older form; cards close a lesson that has some."""
    if lesson.cards:
        return
    ending = lesson.notebook.cells[-1].source
    questions = ending.partition("## Three questions")[2].partition("<details>")[0]
    numbered = re.split(r"^\d\. ", questions, flags=re.MULTILINE)[1:]
    if ["?" in question for question in numbered] != [True, True, True]:
        yield "the last cell must ask three numbered questions under `## Three questions`"


def links_to_its_exercise(lesson: Lesson) -> Iterator[str]:
    ending = lesson.notebook.cells[-1].source
    if not re.search(r"\]\(\.\./exercises/\w+/\w+\.ipynb\)", ending):
        yield "the last cell must link to an exercise: `](../exercises/NN_topic/NN_topic.ipynb)`"


def asks_before_it_shows(lesson: Lesson) -> Iterator[str]:
    """In the older form: a card asks by itself."""
    if lesson.cards:
        return
    pairs = itertools.pairwise(lesson.notebook.cells)
    prose = {id(cell): above.source for above, cell in pairs if above.cell_type == "markdown"}
    for name, cell in lesson.code:
        if not _PREDICTION.search(prose.get(id(cell), "")):
            yield (
                f"{name} has no prediction right above it: "
                "`> **Predict.**` with a question, then `> **Look** at ...`"
            )


def has_short_cells(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        lines = len(_ASKED.sub("", cell.source).splitlines())
        if lines > LONGEST_CELL:
            yield f"{name} has {lines} lines: at most {LONGEST_CELL}"


def has_about_as_much_prose_as_code(lesson: Lesson) -> Iterator[str]:
    least, most = PROSE_FOR_A_CODE_CELL
    # A closing card is all that its cell holds.
    prose = len(lesson.prose)
    code = sum(ASKS.fullmatch(cell.source) is None for _, cell in lesson.code)
    if not least * code <= prose <= most * code:
        yield f"{prose} cells of prose for {code} of code: between {least} and {most} for each"
    for text in lesson.prose:
        if len(text.split()) < SHORTEST_PROSE:
            yield f"the prose {text.splitlines()[0]!r} is shorter than {SHORTEST_PROSE} words"


def types_no_result_in_prose(lesson: Lesson) -> Iterator[str]:
    for text in lesson.prose:
        for result in RESULT.findall(_ADDRESS.sub("", text)):
            yield f"the prose {text.splitlines()[0]!r} quotes {result}: let a cell print results"


def is_the_same_everywhere(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        for used in _OUTSIDE.findall(cell.source):
            yield (
                f"{name} uses {used.strip()!r}: a lesson depends on no file, no process, "
                "no clock and no unseeded generator"
            )


def links_lead_somewhere(lesson: Lesson) -> Iterator[str]:
    for link in _LINK.findall(_NO_PROSE.sub("", "\n".join(lesson.prose))):
        if not (lesson.folder / link).is_file():
            yield f"the link to {link} leads nowhere from {lesson.folder.name}/"
        elif not link.endswith(".ipynb"):
            yield f"the link to {link} leads nowhere in work/, where students get notebooks alone"


def every_cell_shows_something(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        if not cell.outputs:
            yield f"{name} shows nothing: end it in one thing to look at"


def no_cell_fails(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{name} ends in {output.ename}: catch what a lesson shows, and print it"


def results_fold_to_a_typed_line(lesson: Lesson) -> Iterator[str]:
    """JupyterLab folds a result to its first line, so that the answer stays hidden.

    Whether a digit (or a "True") is data cannot be seen from the line; but what a cell prints from
    a plain string the author typed, and nothing came of data.
    """
    for name, cell in lesson.code:
        if cell.outputs and is_card(cell.outputs[0]):  # it folds to the question
            continue
        opening = cell.outputs[0].get("text", "").partition("\n")[0] if cell.outputs else ""
        if cell.outputs and not opening:
            yield f"{name} shows its result at once: print a heading first, to which it is folded"
        elif opening and opening not in _typed(cell.source):
            yield (
                f"{name} is folded to {opening!r}, which it computed: "
                "print a heading first, as a plain string"
            )


def shows_a_live_figure(lesson: Lesson) -> Iterator[str]:
    """A notebook keeps a live figure's description, which begins with its name, and no view."""
    live = {name for _, cell in lesson.code for name in _live(cell.source)}
    shown = [
        o.get("data", {}).get("text/plain", "") for _, cell in lesson.code for o in cell.outputs
    ]
    if not live & {text.partition(":")[0] for text in shown}:
        yield "no cell shows a live figure from regcourse.widgets: a lesson has one at least"


def shows_a_picture(lesson: Lesson) -> Iterator[str]:
    if not lesson.drawings:
        yield "no cell shows a picture: draw one with regcourse.figures"


def draws_with_two_decimals(lesson: Lesson) -> Iterator[str]:
    for name, drawing in lesson.drawings:
        if fine := re.findall(r"\d+\.\d{3,}", " ".join(_PLACES.findall(drawing))):
            yield f"{name} draws at {fine[0]}: two decimals are enough, and the same everywhere"


def syntax_tree(source: str) -> ast.Module:
    """The cell's syntax tree, empty where there is none: running the cell says what is wrong."""
    try:
        return ast.parse(re.sub(r"^\s*[!%].*", "", source, flags=re.MULTILINE))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _typed(source: str) -> set[str]:
    """First lines that the cell prints from plain strings: no variable, nothing computed."""
    calls = [node for node in ast.walk(syntax_tree(source)) if isinstance(node, ast.Call)]
    prints = [call.args[0] for call in calls if ast.unparse(call.func) == "print" and call.args]
    constants = [arg.value for arg in prints if isinstance(arg, ast.Constant)]
    return {str(value).partition("\n")[0] for value in constants}


def _live(source: str) -> set[str]:
    """The names that the cell has from regcourse.widgets."""
    nodes = list(ast.walk(syntax_tree(source)))
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    found = {a.name for node in imports if node.module == "regcourse.widgets" for a in node.names}
    dotted = [ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)]
    return found | {name.rpartition(".")[2] for name in dotted if "widgets." in name}


Rule = Callable[[Lesson], Iterator[str]]

OF_TEXT: tuple[Rule, ...] = (
    called_by_number_and_topic,
    opens_with_what_is_to_come,
    ends_with_three_questions,
    links_to_its_exercise,
    asks_before_it_shows,
    has_short_cells,
    has_about_as_much_prose_as_code,
    types_no_result_in_prose,
    is_the_same_everywhere,
    links_lead_somewhere,
)
OF_RESULTS: tuple[Rule, ...] = (
    every_cell_shows_something,
    no_cell_fails,
    results_fold_to_a_typed_line,
    shows_a_live_figure,
    shows_a_picture,
    draws_with_two_decimals,
)
