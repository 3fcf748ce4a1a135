"""The pupils of 03_ridge whose cells, files or names are not as released."""

from __future__ import annotations

import copy
import json
from typing import Any

FIT = "def ridge_fit(X, y, lam):\n"
NOTHING = (0.0, "not attempted", "")
PERSON = "needs a person"


def by_cells(desk: Any) -> list[Any]:
    """Cells deleted, copied, moved, retyped, split: what is safe to repair costs no points."""
    pupil, right = desk.Pupil, desk.right
    code = [name for name, q in desk.exercise.questions.items() if q.kind != "written"]
    written = desk.of_kind("written")
    text = f"answer-{written}"
    fit = "answer-ridge_fit"
    wrong = FIT + "    return 0.0, np.zeros(X.shape[1])"

    def blank(h: Any) -> None:
        h.notebook = copy.deepcopy(h.released)

    def without_ids(h: Any) -> None:
        for cell in h.cells:
            cell.pop("id", None)
            cell["metadata"] = {}
        h.notebook["nbformat_minor"] = 4

    def halved(h: Any) -> None:
        lines = right["ridge_fit"].split("\n")
        h.add("\n".join(lines[-1:]), below=fit)
        h.set(fit, "\n".join(lines[:-1]))

    def generous(h: Any) -> None:
        for cell in h.cells:
            cell["metadata"] = {"nbgrader": {"points": 999, "grade": True, "schema_version": 3}}
        h.notebook["metadata"] = {"points": 999}

    def shuffled(h: Any) -> None:
        h.move(f"answer-{desk.of_kind('figure')}", below="setup")
        h.move("answer-ridge_df", below=h.cells[-1]["id"])

    return [
        pupil("blank", blank, dict.fromkeys(desk.exercise.questions, NOTHING), (LEFT_AS,)),
        pupil(
            "deletes-an-answer",
            lambda h: h.delete(fit),
            {"ridge_fit": NOTHING},
            ("No cell answers ridge_fit",),
        ),
        pupil("deletes-checks", lambda h: h.delete(*(f"check-{name}" for name in code))),
        pupil("deletes-the-setup", lambda h: h.delete("setup"), {}, ("Nothing sets ",)),
        pupil(
            "deletes-the-data",
            lambda h: h.delete(*(f"data-{name}" for name in desk.exercise.data_functions)),
            {},
            ("Nothing sets ",),
        ),
        pupil(
            "deletes-the-essay",
            lambda h: h.delete(text),
            {written: NOTHING},
            ("The cell for the written answer",),
        ),
        pupil(
            "copies-to-improve",
            lambda h: (h.add(right["ridge_fit"], below=fit), h.set(fit, wrong)),
            {},
            ("ridge_fit is set in cells",),
        ),
        pupil(
            "copies-to-spoil",
            lambda h: h.add(wrong, below=fit),
            {"ridge_fit": (0.0, "failed", "")},
            ("ridge_fit is set in cells",),
        ),
        pupil(
            "keeps-the-stub",
            lambda h: h.add(h.stub(fit), below=fit),
            {},
            ("ridge_fit is answered in cell",),
        ),
        pupil("reorders", shuffled, {}, ("The cells stand in another order",)),
        pupil(
            "retypes-to-markdown",
            lambda h: h.set(fit, right["ridge_fit"], cell_type="markdown"),
            {},
            ("Cell ",),
        ),
        pupil(
            "retypes-to-raw",
            lambda h: h.set(fit, right["ridge_fit"], cell_type="raw"),
            {},
            ("Cell ",),
        ),
        pupil(
            "retypes-the-essay",
            lambda h: h.set(text, right[written], cell_type="code"),
            {},
            ("Cell ",),
        ),
        pupil("splits-a-function", halved, {}, ("Cells ",)),
        pupil(
            "splits-the-essay",
            lambda h: h.add("And so on.", "markdown", below=text),
            {},
            ("The answer to ",),
        ),
        pupil(
            "renames-a-function",
            lambda h: h.set(fit, right["ridge_fit"].replace("ridge_fit", "my_fit")),
            {"ridge_fit": NOTHING},
            ("Cell ",),
        ),
        pupil(
            "edits-a-check",
            lambda h: h.set("check-ridge_fit", "check = lambda f: 'passed'\ncheck(ridge_fit)"),
            {},
            ("The check of ridge_fit",),
        ),
        pupil("writes-nul", lambda h: h.set(fit, right["ridge_fit"] + "\0"), {}, ("Cell ",)),
        pupil("has-no-ids", without_ids),
        pupil("awards-points", generous),
    ]


LEFT_AS = "STUDENT was left as 'your-id'"


def by_files(desk: Any) -> list[Any]:
    pupil = desk.Pupil
    name = desk.exercise.name

    def prints_ten_megabytes(h: Any) -> None:
        stream = {"output_type": "stream", "name": "stdout", "text": "x" * 10_000_000}
        h.cell("setup")["outputs"] = [stream]

    def of_format_3(h: Any) -> None:
        h.raw = format_3(h.notebook)

    def is_named(file_name: str) -> Any:
        def change(h: Any) -> None:
            h.name = file_name

        return change

    def beside(file_name: str, data: bytes = b"PK", only: bool = False) -> Any:
        def change(h: Any) -> None:
            h.beside[file_name] = data
            h.missing = only

        return change

    lone = f"There is no notebook {name}.ipynb."
    two = f"There are two different notebooks: {name}.ipynb and {name}/{name}.ipynb."
    return [
        pupil("prints-ten-megabytes", prints_ten_megabytes),
        pupil("uses-format-3", of_format_3, {}, ("The notebook is in the old format 3",)),
        pupil(
            "renames-the-notebook",
            is_named("ridge final (2).ipynb"),
            {},
            ("The notebook is called",),
        ),
        pupil("follows-nbgrader", is_named(f"{name}/{name}.ipynb")),
        pupil(
            "adds-a-scratchpad", beside("scratch.ipynb"), {}, ("scratch.ipynb was not looked at",)
        ),
        pupil("adds-a-zip", beside("all.zip"), {}, ("all.zip is an archive",)),
        pupil(
            "sends-only-a-zip",
            beside("all.zip", only=True),
            status=PERSON,
            problem=f"{lone} all.zip is an archive and was not opened.",
        ),
        pupil(
            "sends-a-photo", beside("answer.jpg", only=True), status="not attempted", problem=lone
        ),
        pupil("sends-two", beside(f"{name}/{name}.ipynb", b"{}"), status=PERSON, problem=two),
        desk.hands_in("empty", b"", "The file is empty."),
        desk.hands_in(
            "not-json",
            b"<html>Please log in</html>",
            "The file is not a notebook: it is not JSON (line 1).",
        ),
        desk.hands_in(
            "cut-off",
            b'{"cells": [{"cell_type": "co',
            "The file is not a notebook: it is not JSON (line 1).",
        ),
        desk.hands_in("zeroed", b"\0" * 4096, "The file is damaged: most of it is NUL bytes."),
        desk.hands_in(
            "latin-1",
            b'{"cells": ["caf\xe9"]}',
            "The file is not a notebook: byte 16 is not UTF-8 text.",
        ),
        desk.hands_in(
            "nested", b"[" * 100_000, "The file is not a notebook: it is nested too deep."
        ),
        desk.hands_in(
            "other-course", b'{"cells": []}', f"Nothing of the exercise {name} is in the notebook."
        ),
    ]


def by_names(desk: Any) -> list[Any]:
    pupil = desk.Pupil
    return [
        pupil("keeps-the-default", lambda h: h.sign("your-id"), {}, (LEFT_AS,)),
        pupil("Capital", lambda h: h.sign("capital")),
        pupil("borrows-a-name", lambda h: h.sign("ada"), {}, ("STUDENT is ada, but",), PERSON),
        pupil("Twin", status=PERSON, problem=TWICE),
        pupil("twin", status=PERSON, problem=TWICE),
        pupil("Grace Hopper"),
        pupil("a+b@example.org"),
        pupil("Zoë Müller"),
        pupil("Ольга"),
        pupil("=1+1"),
        pupil("<b>bold"),
        pupil("o'neil"),
    ]


TWICE = "This student's name stands here twice, spelt in two ways:"


def format_3(notebook: dict[str, Any]) -> bytes:
    def old(cell: dict[str, Any]) -> dict[str, Any]:
        kind, source = cell["cell_type"], cell["source"]
        if kind != "code":
            return {"cell_type": kind, "metadata": {}, "source": source}
        return {"cell_type": kind, "metadata": {}, "input": source, "language": "python"}

    sheet = {"cells": [old(cell) for cell in notebook["cells"]], "metadata": {}}
    whole = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [sheet]}
    return json.dumps(whole).encode()
