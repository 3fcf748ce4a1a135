"""What students wrote, made safe: as text, as a file's name, as a table's cell."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcourse.grading.safe import (
    file_stem,
    guarded,
    printable,
    table_row,
    unguarded,
    write_whole,
)

TEXTS = st.text(
    st.one_of(
        st.sampled_from("<>&\"'`=\\{}%#\x00\x1b\r\n\t\u202e\u2066\u200b\ufeff\ud800\U000e0041]-"),
        st.characters(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00 bell\x07", "nul bell"),
        ("tag\U000e0041s \ud800 \ufffe", "tags  "),
        ("añ 漢 👩\u200d🔬 e\u0301", "añ 漢 👩\u200d🔬 e\u0301"),
    ],
    ids=["colour", "title", "bidi", "newlines", "controls", "tags", "kept"],
)
def test_what_does_not_show_is_taken_out_and_the_rest_stays(dirty, clean):
    assert printable(dirty) == clean


@pytest.mark.parametrize("student", ["ada", "a.b-c_D9", "-rf", "x" * 64, ".hidden", "..."])
def test_a_plain_id_is_its_own_file_name(student):
    assert file_stem(student) == student


@pytest.mark.parametrize(
    "student",
    [".", "..", "", "a/b", "../x", "a b", "é", "x" * 65, "a\x00b", "a\n", "a~b", "\ud800"],
)
def test_any_other_id_becomes_a_slug_and_a_hash(student):
    assert re.fullmatch(r"[A-Za-z0-9-]{1,40}~[0-9a-f]{12}", file_stem(student))


@given(TEXTS, TEXTS)
def test_no_two_students_share_a_file_and_none_leaves_its_folder(one, other):
    assert (file_stem(one) == file_stem(other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", file_stem(one))
    assert file_stem(one) not in (".", "..")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "new \ud800")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("page.html", "old")]


def test_a_write_that_fails_names_the_file_that_was_wanted(tmp_path):
    (tmp_path / "page.html").mkdir()
    with pytest.raises(OSError, match="Is a directory") as caught:
        write_whole(tmp_path / "page.html", "new")
    assert caught.value.filename == str(tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(tmp_path / "nowhere" / "page.html", "new")
    assert caught.value.filename == str(tmp_path / "nowhere" / "page.html")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r=1", " =1", "\n=1", "\xa0=1", "'=1", "\uff1d1"],
    ids=repr,
)
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["ada", "a=1", "3-1", "", "e@x.org", "o'neil"], ids=repr)
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("ok;=1+1", "ok;'=1+1"),
        ("a; \t-1", "a; \t'-1"),
        ("a\t@b;;+c", "a\t'@b;;'+c"),
        ("a;'=1", "a;''=1"),
        ("=1;=2", "'=1;'=2"),
        ("x;\uff1d1", "x;'\uff1d1"),
        ("a; b-1", "a; b-1"),
    ],
    ids=repr,
)
def test_what_a_cut_at_a_semicolon_or_tab_makes_a_formula_is_guarded_too(text, cell):
    assert guarded(text) == cell


CELLS = st.text(st.one_of(st.sampled_from("=+-@;\t '\uff1d\n,\""), st.characters()), max_size=12)


@given(CELLS)
def test_the_guard_can_be_taken_off_again(text):
    assert unguarded(guarded(text)) == text


@given(CELLS)
def test_no_part_of_a_guarded_text_is_a_formula(text):
    parts = re.split("[;\t]", guarded(text))
    assert not [part for part in parts if part.lstrip().startswith(tuple("=+-@\uff1d"))]


@given(st.lists(CELLS, min_size=2))
def test_a_row_is_read_back_as_it_was(cells):
    (row,) = csv.reader(io.StringIO(table_row(cells), newline=""))
    assert row == cells


def test_what_a_reader_might_cut_at_is_quoted():
    assert table_row(["a;b", "c\td", "e", 'f"g', "h,i"]) == '"a;b","c\td",e,"f""g","h,i"\n'
