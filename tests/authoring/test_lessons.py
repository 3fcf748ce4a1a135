import json

import nbformat
import pytest

from regcourse.authoring import execution, lessons
from regcourse.authoring.lessons import build_lesson, build_lessons
from regcourse.errors import LessonError

ADDS = """\
# %% [markdown]
# # Add two numbers
#
# What will this print?

# %%
a = 2
print("sum", a + 3)

# %% [markdown]
# And a live figure, with its static twin, under a heading and without one.

# %%
class Live:
    def __repr__(self):
        return "Live()"

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = {"version_major": 2, "model_id": str(id(self))}
        return {"application/vnd.jupyter.widget-view+json": view, "text/html": "<p>twin</p>"}


Live()

# %%
print("live figure:")
Live()
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The lesson above, built once for all that look at it: its text and its notebook."""
    folder = tmp_path_factory.mktemp("notebooks")
    text, notebook = folder / "00_add.py", folder / "00_add.ipynb"
    text.write_text(ADDS, encoding="utf-8")
    assert build_lesson(text, notebook)
    return text, notebook


@pytest.fixture
def lesson(tmp_path):
    """A function that writes a one-cell lesson and returns its text and notebook paths."""

    def write(code, stem="00_one"):
        text = tmp_path / f"{stem}.py"
        text.write_text(f"# %% [markdown]\n# Prose.\n\n# %%\n{code}\n", encoding="utf-8")
        return text, tmp_path / f"{stem}.ipynb"

    return write


def shown(**data):
    return nbformat.v4.new_output("display_data", data=data)


def test_cells_are_executed_in_order_and_numbered(built):
    cells = nbformat.read(built[1], as_version=4).cells
    assert [c.execution_count for c in cells if c.cell_type == "code"] == [1, 2, 3]
    assert cells[1].outputs[0].text == "sum 5\n"


def test_a_widget_keeps_its_static_twin_and_loses_its_view(built):
    output = nbformat.read(built[1], as_version=4).cells[3].outputs[0]
    assert output.data == {"text/html": "<p>twin</p>", "text/plain": "Live()"}


def test_a_result_is_folded_to_its_first_printed_line_and_stays_in_sight_without_one(built):
    cells = nbformat.read(built[1], as_version=4).cells
    folded = [cell.metadata.get("jupyter") for cell in cells if cell.cell_type == "code"]
    assert folded == [{"outputs_hidden": True}, None, {"outputs_hidden": True}]


def test_a_second_build_leaves_the_file_untouched(built):
    text, notebook = built
    before = notebook.stat().st_mtime_ns
    assert not build_lesson(text, notebook)
    assert notebook.stat().st_mtime_ns == before


def test_the_file_says_nothing_of_machine_or_version(built):
    stored = json.loads(built[1].read_text(encoding="utf-8"))
    assert stored["metadata"]["language_info"] == {"file_extension": ".py", "name": "python"}
    assert set(stored["metadata"]) == {"kernelspec", "language_info"}
    assert [cell["metadata"] for cell in stored["cells"][2:4]] == [{}, {}]  # no times of execution


def test_cell_ids_depend_on_the_source_alone(tmp_path):
    inserted = ADDS.replace(
        "# %% [markdown]\n# And", "# %% [markdown]\n# New.\n\n# %% [markdown]\n# And"
    )
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    paths[0].write_text(ADDS, encoding="utf-8")
    paths[1].write_text(inserted, encoding="utf-8")
    first, second = ([c.id for c in lessons.notebook_of(p).cells] for p in paths)
    assert first == [i for i in second if i != second[2]]


def test_two_cells_with_one_source_get_two_ids(tmp_path):
    text = tmp_path / "twice.py"
    text.write_text("# %%\nprint(1)\n\n# %%\nprint(1)\n", encoding="utf-8")
    ids = [cell.id for cell in lessons.notebook_of(text).cells]
    assert ids == [ids[0], f"{ids[0]}-2"]


def test_a_raising_cell_is_named_and_the_old_notebook_kept(lesson):
    text, notebook = lesson("x = 1\n\n# %%\n1 / (x - 1)", "07_zero")
    notebook.write_text("old", encoding="utf-8")
    with pytest.raises(
        LessonError,
        match=r"lesson 07_zero, code cell \[2\] \('1 / \(x - 1\)'\): ZeroDivisionError",
    ):
        build_lesson(text, notebook)
    assert notebook.read_text(encoding="utf-8") == "old"
    assert [path.name for path in text.parent.glob("*.ipynb*")] == [notebook.name]


def test_a_warning_is_an_error(lesson):
    with pytest.raises(LessonError, match=r"writes to stderr: .*too short"):
        build_lesson(*lesson("import warnings\nwarnings.warn('too short')"))


def test_a_cell_that_takes_too_long_is_an_error(lesson, monkeypatch):
    monkeypatch.setattr(execution, "CELL_SECONDS", 1)
    with pytest.raises(LessonError, match="took more than 1 s"):
        build_lesson(*lesson("import time\ntime.sleep(30)"))


def test_a_kernel_that_dies_is_an_error(lesson):
    with pytest.raises(LessonError, match="the kernel died"):
        build_lesson(*lesson("import os\nos._exit(3)"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"text/plain": "<Thing at 0x7f12ab34cd90>"}, "an address in memory: '0x7f12ab34cd90'"),
        ({"text/plain": "3f2a" * 8}, "a random id"),
        ({"text/html": "<p id='12345678-1234-1234-1234-123456789abc'>"}, "a random id"),
        ({"text/plain": "read /Users/ann/x.csv"}, "a path of this machine: '/Users/'"),
        ({"text/plain": "C:\\Users\\ann"}, "a path of this machine"),
        ({"text/plain": "ipykernel_812/x.py"}, "the number of a process"),
        ({"text/plain": "made 2031-05-17"}, "a date: '2031-05-17'"),
        ({"image/svg+xml": "<dc:date>2031-05-17T08:15:00</dc:date>"}, "a date: '2031-05-17'"),
        ({"image/svg+xml": '<clipPath id="p0a1b2c3d4e">'}, "an id that Matplotlib drew"),
        ({"image/svg+xml": '<path clip-path="url(#p0a1b2c3d4e)">'}, "an id that Matplotlib drew"),
        ({"text/plain": "0.30000000000000004"}, "a number with more than 8 decimals"),
        ({"text/html": "<img src='data:image/png;base64,AA'>"}, "a base64 picture"),
        ({"image/png": "AAAA"}, "shows image/png, which nbval never compares"),
    ],
    ids=[
        "address",
        "hash",
        "uuid",
        "path",
        "windows",
        "process",
        "date",
        "moment",
        "drawn id",
        "use of a drawn id",
        "digits",
        "b64",
        "png",
    ],
)
def test_an_output_that_could_differ_next_time_is_refused(data, reason):
    with pytest.raises(LessonError, match=reason):
        execution._stable(shown(**data), "lesson 00, code cell [1]")


@pytest.mark.parametrize(
    "text",
    [
        "w = 0.1235",
        "a/b",
        "n/home",
        "<svg d='M0.25 1.50'/>",
        '<g id="rc-0a1b2c3d4e-0">',
        "2026 rows",
    ],
    ids=str,
)
def test_an_ordinary_output_is_kept(text):
    assert execution._stable(shown(**{"text/html": text}), "cell").data["text/html"] == text


def test_a_text_without_code_is_refused(tmp_path):
    text = tmp_path / "00_prose.py"
    text.write_text("# %% [markdown]\n# Only words.\n", encoding="utf-8")
    with pytest.raises(LessonError, match="lesson 00_prose has no code cell"):
        build_lesson(text, tmp_path / "00_prose.ipynb")


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(
        LessonError, match=r"no lessons in .*text: expected files named NN_topic\.py"
    ):
        build_lessons(tmp_path)


def test_a_notebook_without_text_is_refused(tmp_path, built):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "00_add.py").write_text(ADDS, encoding="utf-8")
    (tmp_path / "09_old.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(LessonError, match=r"09_old.ipynb has no text/09_old.py"):
        build_lessons(tmp_path)


def test_the_command_builds_the_folder_and_says_what_changed(tmp_path, capsys):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "00_add.py").write_text(ADDS, encoding="utf-8")
    assert lessons.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "00_add: written\n"


def test_the_command_says_in_one_line_what_is_wrong(tmp_path, capsys):
    assert lessons.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.fixture
def two(tmp_path):
    """A folder of two lessons, the second of which cannot be built."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "04_one.py").write_text("# %%\nprint(1)\n", encoding="utf-8")
    (tmp_path / "text" / "05_two.py").write_text("# %% [markdown]\n# No code.\n", encoding="utf-8")
    return tmp_path


def test_one_lesson_can_be_built_alone(two, capsys):
    assert lessons.main([str(two), "--only", "04_one"]) == 0
    assert capsys.readouterr().out == "04_one: written\n"
    assert [path.name for path in two.glob("*.ipynb")] == ["04_one.ipynb"]


def test_a_name_that_no_lesson_has_is_told_with_those_that_there_are(two, capsys):
    assert lessons.main([str(two), "--only", "04_one", "06_six"]) == 2
    assert capsys.readouterr().err == "no lesson is called 06_six: there are 04_one, 05_two\n"
    assert list(two.glob("*.ipynb")) == []
