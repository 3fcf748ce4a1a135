import contextlib
import hashlib
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.intake import notebook as rooms
from regcourse.grading.intake.notebook import read_notebook
from regcourse.grading.intake.submission import Submission, read_submission


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b"\0" * 100, "The file is damaged: most of it is NUL bytes."),
        (b"hello", r"The file is not a notebook: it is not JSON \(line 1\)."),
        (b'{"cells": [\n', r"The file is not a notebook: it is not JSON \(line 2\)."),
        (b'{"cells": "\xff"}', "The file is not a notebook: byte 12 is not UTF-8 text."),
        (b"[" * 100_000, "The file is not a notebook: it is nested too deep."),
        (b"[]", "The file is JSON, but not a notebook."),
        (b"{}", "The file is JSON, but not a notebook: it has no cells."),
        (b'{"worksheets": 3}', "The file is JSON, but not a notebook: it has no cells."),
        (b'{"cells": [' + b"{}," * 5000 + b"{}]}", "The notebook has 5001 cells; at most 5000"),
        (b'{"cells": []}', "Nothing of the exercise 03_ridge is in the notebook."),
        (b'{"x": [' + b"[]," * 2_000_001 + b"0]}", "The file holds 4 million values; at most 2"),
    ],
    ids=[
        "empty",
        "blank",
        "zeroed",
        "text",
        "cut off",
        "latin-1",
        "nested",
        "a list",
        "no cells",
        "worksheets of a wrong type",
        "too many cells",
        "nothing of the exercise",
        "a bomb of lists",
    ],
)
def test_what_is_wrong_with_a_file_is_named(read_bytes, data, sentence):
    with pytest.raises(SubmissionUnreadable, match=sentence):
        read_bytes(data)


def test_a_file_that_is_too_large_is_not_read(read_bytes, monkeypatch):
    monkeypatch.setattr(rooms, "FILE_BYTES", 2_000_000)
    with pytest.raises(SubmissionUnreadable, match="The file has 3 MB; at most 2 MB are read"):
        read_bytes(b" " * 3_000_000)


def test_a_link_is_not_opened(tmp_path, layout):
    (tmp_path / "target.ipynb").write_text("{}")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "target.ipynb")
    with pytest.raises(SubmissionUnreadable, match="The file cannot be opened: "):
        read_submission(tmp_path / "link.ipynb", "ada", layout)


def test_a_pipe_does_not_block_the_grader(tmp_path, layout):
    os.mkfifo(tmp_path / "pipe.ipynb")
    with pytest.raises(SubmissionUnreadable, match="This is not an ordinary file"):
        read_submission(tmp_path / "pipe.ipynb", "ada", layout)


def test_too_much_code_is_not_run(read, cells, at):
    cells[at("code-1")]["source"] = "#" * 600_000
    with pytest.raises(
        SubmissionUnreadable,
        match=r"holds 60[0-9],[0-9]{3} characters of code; at most 500,000 are run",
    ):
        read(cells)


def test_the_digest_is_that_of_the_bytes(read_bytes, cells):
    data = json.dumps({"cells": cells}).encode()
    assert read_bytes(data).digest == hashlib.sha256(data).hexdigest()


def test_an_unmodified_notebook_gives_no_notice_but_the_name(read, untouched):
    submission = read(untouched)
    assert submission.notices == (
        "STUDENT was left as 'your-id'; the folder's name 'ada' was used instead.",
    )
    assert [number for number, _ in submission.cells] == [2, 3, 4, 6, 8]
    assert submission.written == {"why_centre": ""}
    assert submission.typed_id is None


def _of_format_3(cells):
    def old(cell):
        key = "input" if cell["cell_type"] == "code" else "source"
        return {"cell_type": cell["cell_type"], key: cell["source"].splitlines(keepends=True)}

    sheets = [{"cells": [old(cell) for cell in cells[:4]]}, {"cells": list(map(old, cells[4:]))}]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets}


def test_format_3_reads_as_format_4(read, read_bytes, cells):
    old = read_bytes(json.dumps(_of_format_3(cells)).encode())
    assert old.cells == read(cells).cells
    assert old.notices == ("The notebook is in the old format 3 and was read all the same.",)


@pytest.mark.parametrize("key", ["source", "input", "code", "text"])
def test_the_source_is_found_by_the_name_that_each_format_gave_it(read, cells, key):
    as_written = read(cells)
    for cell in cells:
        cell[key] = cell.pop("source")
    assert read(cells).cells == as_written.cells


@pytest.mark.parametrize(
    "written",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\\n", "\n"),
        lambda text: text.replace('"# Ridge"', '"\x01\t\x1f"'),
    ],
    ids=["a mark in front", "line ends", "controls"],
)
def test_what_careless_writers_of_json_leave_is_read(read, read_bytes, cells, written):
    text = json.dumps({"cells": cells})
    assert written(text) != text
    assert read_bytes(written(text).encode()).cells == read(cells).cells


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "markdown", "source": "<!-- answer: why_centre -->\nBecause."},
        {"cell_type": "markdown", "source": "Write `ridge_fit`."},
        {"cell_type": "code", "source": "best_lam = 0.5"},
    ],
    ids=["a written answer", "prose as released", "an answer in code"],
)
def test_one_cell_of_the_exercise_is_enough(read, cell):
    assert read([cell]).digest


@pytest.mark.parametrize(
    "damage",
    [
        lambda cell: cell.pop("id"),
        lambda cell: cell.update(id=7),
        lambda cell: cell.update(id="x" * 99),
        lambda cell: cell.update(source=cell["source"].splitlines(keepends=True)),
        lambda cell: cell.update(source=cell["source"].replace("\n", "\r\n")),
        lambda cell: cell.update(metadata=[], outputs=3, execution_count="two"),
        lambda cell: cell.update(metadata={"nbgrader": {"grade_id": 3}}),
        lambda cell: cell.update(outputs=[{"output_type": "stream", "text": "x" * 1_000_000}]),
    ],
    ids=[
        "no ids",
        "numbers as ids",
        "foreign ids",
        "source as a list",
        "line ends of Windows",
        "other keys of wrong types",
        "nbgrader's metadata of wrong types",
        "a large output",
    ],
)
def test_nothing_but_the_sources_counts(read, cells, damage):
    as_written = read(cells)
    for cell in cells:
        damage(cell)
    submission = read(cells)
    assert submission.cells == as_written.cells
    assert submission.notices == ()


@pytest.mark.parametrize(
    "junk",
    [None, 3, "text", [], {}, {"cell_type": 5, "source": {"a": 1}}, {"cell_type": [], "id": []}],
    ids=str,
)
def test_junk_among_the_cells_does_no_harm(read, cells, junk):
    sources = [source for _, source in read(cells).cells]
    assert [source for _, source in read([junk, *cells, junk]).cells] == sources


def test_junk_among_the_cells_is_told(read, cells):
    assert read([*cells, 3]).notices == (
        "Some entries among the cells are no cells and were passed over.",
    )


def test_of_duplicated_keys_the_last_counts(read_bytes, cells):
    text = json.dumps({"cells": cells}).replace('"source": "# Ridge"', '"source": 1, "source": "x"')
    assert read_bytes(text.encode()).cells


def test_nul_characters_are_left_out(read, cells, at):
    cells[at("answer-best_lam")]["source"] = "best\0_lam = 0.5\0"
    submission = read(cells)
    assert (8, "best_lam = 0.5") in submission.cells
    assert submission.notices == ("Cell 8 held NUL characters; they were left out.",)


def test_half_a_surrogate_pair_becomes_a_question_mark(read, cells, at):
    cells[at("answer-best_lam")]["source"] = "best_lam = '\ud800'"
    assert (8, "best_lam = '?'") in read(cells).cells


def test_numbers_of_any_length_are_passed_over(read_bytes, cells):
    cells[0]["execution_count"] = 4
    text = json.dumps({"cells": cells}).replace('count": 4', 'count": ' + "9" * 100_000)
    assert read_bytes(text.encode()).cells


def test_outputs_are_not_kept(tmp_path, cells):
    cells[1]["outputs"] = [{"text": "x" * 1_000_000}]
    path = tmp_path / "03_ridge.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    assert len(repr(read_notebook(path))) < 10_000


def test_a_string_without_an_end_is_read_past_once(read_bytes):
    with pytest.raises(SubmissionUnreadable, match=r"it is not JSON \(line 1\)"):
        read_bytes(b'"' + b'\\"' * 2_000_000)


@pytest.mark.parametrize(
    "text",
    ["e" * 1_000_001, ["\r\n"] * 500_001, "\U0001f600" * 1_000_001],
    ids=["a text", "lines", "wide characters"],
)
def test_an_endless_source_is_cut_before_it_is_looked_at(tmp_path, text):
    path = tmp_path / "03_ridge.ipynb"
    cells = [{"cell_type": "markdown", "source": source} for source in (text, "short")]
    path.write_text(json.dumps({"cells": cells}, ensure_ascii=False))
    notebook = read_notebook(path)
    assert len(notebook.cells[0].source) in (500_000, 1_000_000)
    assert notebook.cells[1].source == "short"
    assert notebook.notices == ("Of cell 1 only the first 1,000,000 characters were read.",)


def test_the_sources_of_a_notebook_are_read_up_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "ALL_CHARACTERS", 7)
    path = tmp_path / "03_ridge.ipynb"
    cells = [{"cell_type": "markdown", "source": source} for source in ("12345", "678", "9")]
    path.write_text(json.dumps({"cells": cells}))
    notebook = read_notebook(path)
    assert [cell.source for cell in notebook.cells] == ["12345", "67", ""]
    assert notebook.notices == (
        "Of cell 2 only the first 2 characters were read.",
        "Of cell 3 only the first 0 characters were read.",
    )


def test_notices_are_few(read, cells):
    many = [{"cell_type": "code", "source": f"x = {k}\0"} for k in range(100)]
    submission = read([*cells, *many])
    assert len(submission.notices) == 21
    assert submission.notices[-1] == "There are 80 more notes of this kind."


_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_sources = st.sampled_from(
    [
        "def ridge_fit(X, y, lam):",
        "    return 0, X[0]",
        'STUDENT = "x"',
        "best_lam = 1",
        "%%time",
        "?",
    ]
)
_values = st.recursive(
    _leaves | _sources,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=9,
)
_cells = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | _values,
        "source": _sources | _values,
    },
    optional={"id": st.sampled_from(["setup", "answer-ridge_fit"]) | _values, "metadata": _values},
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(_cells | _values, max_size=8), others=st.dictionaries(st.text(), _values))
def test_whatever_a_file_holds_it_is_read_or_refused(read_bytes, found, others):
    data = json.dumps(others | {"cells": found}).encode()
    with contextlib.suppress(SubmissionUnreadable):
        assert isinstance(read_bytes(data), Submission)


def test_a_file_that_this_machine_cannot_read_is_not_the_students_fault(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(PermissionError, match="Permission denied"):
        read_notebook(tmp_path / "03_ridge.ipynb")
