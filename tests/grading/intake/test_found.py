import os
import unicodedata

import pytest

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.intake import files, found
from regcourse.grading.intake.found import find_submissions


@pytest.fixture
def submitted(tmp_path):
    """Write files given by path and text; return what is found for 03_ridge, by student."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return {one.student: one for one in find_submissions(tmp_path, "03_ridge")}

    return write


@pytest.mark.parametrize(
    "name",
    ["ada/03_ridge.ipynb", "ada/03_ridge/03_ridge.ipynb"],
    ids=["flat layout", "nbgrader's layout"],
)
def test_both_layouts_are_found(submitted, tmp_path, name):
    found = submitted({name: "{}"})["ada"]
    assert found.path == tmp_path / name
    assert (found.problem, found.notices) == ("", ())


def test_students_are_sorted_and_their_names_kept(submitted):
    names = ["zoë", "Ada Lovelace", "a+b@example.org", "Ольга", "=1+1"]
    found = submitted({f"{name}/03_ridge.ipynb": "{}" for name in names})
    assert list(found) == sorted(names)
    assert not any(one.problem for one in found.values())


def test_hidden_entries_are_passed_over(submitted):
    files = ["ada/03_ridge.ipynb", "ada/.ipynb_checkpoints/03_ridge.ipynb", ".git/03_ridge.ipynb"]
    twin = "ada/._03_ridge.ipynb"  # macOS keeps there what the other file system cannot hold
    found = submitted(dict.fromkeys([*files, twin], "{}"))
    assert list(found) == ["ada"]
    assert found["ada"].notices == ()


def test_a_renamed_notebook_is_read_with_a_notice(submitted, tmp_path):
    found = submitted({"ada/my ridge (2).ipynb": "{}"})["ada"]
    assert found.path == tmp_path / "ada/my ridge (2).ipynb"
    assert found.notices == (
        "The notebook is called my ridge (2).ipynb and was read as 03_ridge.ipynb.",
    )


def test_of_two_notebooks_the_exact_name_wins(submitted, tmp_path):
    found = submitted({"ada/03_ridge.ipynb": "{}", "ada/scratch.ipynb": "{}"})["ada"]
    assert found.path == tmp_path / "ada/03_ridge.ipynb"
    assert found.notices == ("scratch.ipynb was not looked at, since 03_ridge.ipynb is there.",)


def test_two_notebooks_without_the_exact_name_go_to_a_person(submitted):
    found = submitted({"ada/old.ipynb": "{}", "ada/new.ipynb": "{}"})["ada"]
    assert found.needs_person
    assert found.problem == (
        "There is no 03_ridge.ipynb, but more than one other notebook: new.ipynb, old.ipynb. "
        "Rename the one that counts to 03_ridge.ipynb, and grade again."
    )


def test_different_files_in_both_layouts_go_to_a_person(submitted):
    found = submitted({"ada/03_ridge.ipynb": "{}", "ada/03_ridge/03_ridge.ipynb": "[]"})["ada"]
    assert found.needs_person
    assert found.problem == (
        "There are two different notebooks: 03_ridge.ipynb and 03_ridge/03_ridge.ipynb. "
        "Delete the one that does not count, and grade again."
    )


def test_the_same_file_in_both_layouts_counts_once(submitted, tmp_path):
    found = submitted({"ada/03_ridge.ipynb": "{}", "ada/03_ridge/03_ridge.ipynb": "{}"})["ada"]
    assert found.path == tmp_path / "ada/03_ridge.ipynb"


def test_two_enormous_notebooks_are_compared_as_far_as_they_would_be_read(
    submitted, tmp_path, monkeypatch
):
    monkeypatch.setattr(files, "FILE_BYTES", 3 * files.CHUNK)
    names = ("ada/03_ridge.ipynb", "ada/03_ridge/03_ridge.ipynb")
    submitted(dict.fromkeys(names, ""))
    for name in names:
        os.truncate(tmp_path / name, 10**11)  # a hole, which would take 200 GB to read
    assert submitted({})["ada"].path == tmp_path / names[0]
    with (tmp_path / names[1]).open("r+b") as file:
        file.seek(2 * files.CHUNK)
        file.write(b"x")
    assert submitted({})["ada"].needs_person


def test_a_notebook_that_turns_into_a_link_while_it_is_looked_at_goes_to_a_person(
    submitted, monkeypatch
):
    def swapped(*_):
        raise SubmissionUnreadable("The file cannot be opened: a link.")

    monkeypatch.setattr(found, "same_bytes", swapped)
    bob = submitted({"bob/03_ridge.ipynb": "{}", "bob/03_ridge/03_ridge.ipynb": "{}"})["bob"]
    assert (bob.needs_person, bob.problem) == (True, "The file cannot be opened: a link.")


@pytest.mark.parametrize(
    "names",
    [
        ("Ada", "ada"),
        ("zoë", unicodedata.normalize("NFD", "zoë")),
        ("ada b", "ada  b"),
        ("ada b", "ada\u00a0b"),
        ("adab", "ada\u00adb"),
    ],
    ids=["letter case", "unicode form", "two blanks", "a wide blank", "a soft hyphen"],
)
def test_one_name_spelt_in_two_ways_goes_to_a_person(submitted, names):
    found = submitted({f"{name}/03_ridge.ipynb": "{}" for name in names} | {"eve/x.ipynb": "{}"})
    assert [found[name].problem for name in names] == [
        "This student's name stands here twice, spelt in two ways: "
        "delete the one that does not count, or rename it, and grade again."
    ] * 2
    assert found["eve"].problem == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bo\u200bb", "bo\\u200bb"),
        ("bob\u202e", "bob\\u202e"),
        ("bob ", "bob\\u0020"),
        ("\u00a0bob", "\\u00a0bob"),
        ("bob\n", "bob\\u000a"),
        ("bo\tb", "bo\\u0009b"),
        ("bo\x1b[31mb", "bo\\u001b[31mb"),
    ],
    ids=["unseen", "a direction", "a blank", "a wide blank", "a line", "a tab", "a colour"],
)
def test_a_name_that_would_be_shown_as_another_is_not_shown_so(submitted, name, shown):
    found = submitted({f"{name}/03_ridge.ipynb": "{}", "bob/03_ridge.ipynb": "{}"})
    assert sorted(found) == sorted(["bob", shown])
    assert found[shown].needs_person
    assert found[shown].problem == (
        "The folder's name begins or ends with a blank, or holds a character that is not shown: "
        "rename the folder, and grade again."
    )


@pytest.mark.parametrize("name", ["bo\u200bb", "bob ", " bob", "bob\n"])
def test_whose_name_another_folder_only_seems_to_have_waits_too(submitted, name):
    found = submitted({f"{name}/03_ridge.ipynb": "{}", "bob/03_ridge.ipynb": "{}"})
    assert "spelt in two ways" in found["bob"].problem


def test_a_name_whose_script_needs_a_joiner_is_left_as_it_is(submitted):
    name = "می\u200cخواهم"
    assert submitted({f"{name}/03_ridge.ipynb": "{}"})[name].path is not None


def test_what_systems_leave_behind_is_no_student(submitted):
    left = ["__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found"]
    found = submitted({f"{name}/ada/03_ridge.ipynb": "{}" for name in [*left, "ada"]})
    assert list(found) == ["ada"]


def test_a_folder_without_a_notebook_is_reported(submitted):
    found = submitted({"ada/readme.txt": "sorry"})["ada"]
    assert found.path is None
    assert not found.needs_person
    assert found.problem == "There is no notebook 03_ridge.ipynb."


@pytest.mark.parametrize(
    ("archive", "name"),
    [("ada/all.zip", "all.zip"), ("Ada.zip", "Ada.zip"), ("ada.tar.gz", "ada.tar.gz")],
    ids=["in the folder", "beside the folder", "with two endings"],
)
def test_an_archive_beside_the_notebook_is_named(submitted, archive, name):
    found = submitted({"ada/03_ridge.ipynb": "{}", archive: "PK"})
    assert found["ada"].path is not None
    assert found["ada"].notices == (f"{name} is an archive and was not opened.",)
    assert set(found) == {"ada"}


def test_an_archive_instead_of_a_notebook_goes_to_a_person(submitted):
    found = submitted({"ada/all.zip": "PK"})["ada"]
    assert found.needs_person
    assert found.problem == (
        "There is no notebook 03_ridge.ipynb. all.zip is an archive and was not opened."
    )


def test_what_lies_loose_is_reported(submitted):
    found = submitted({"ada.ipynb": "{}", "bob.zip": "PK", "cy.tar.gz": "", "list.csv": ""})
    assert found["ada"].problem == (
        "The notebook lies loose: put it into a folder with the student's name."
    )
    assert found["bob"].problem == (
        "bob.zip is an archive, and is not opened: unpack it into a folder with the student's name."
    )
    assert set(found) == {"ada", "bob", "cy"}


def test_links_are_not_followed(submitted, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-secret.ipynb"
    outside.write_text("{}")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve/03_ridge.ipynb").symlink_to(outside)
    (tmp_path / "mallory").symlink_to(tmp_path / "ada")
    (tmp_path / "trudy").mkdir()
    (tmp_path / "trudy/03_ridge").symlink_to(tmp_path / "ada")
    found = submitted({"ada/03_ridge.ipynb": "{}"})
    assert found["eve"].problem == "03_ridge.ipynb is a link, and links are not followed."
    assert found["mallory"].problem == "The folder is a link, and links are not followed."
    assert found["trudy"].problem == "03_ridge is a link, and links are not followed."
    assert found["ada"].path is not None


def test_a_pipe_is_no_notebook(submitted, tmp_path):
    (tmp_path / "eve").mkdir()
    os.mkfifo(tmp_path / "eve/03_ridge.ipynb")
    assert submitted({})["eve"].problem == "There is no notebook 03_ridge.ipynb."


def test_a_name_that_no_page_could_hold_is_reported(submitted, tmp_path):
    (tmp_path / os.fsdecode(b"ad\xff")).mkdir()
    found = submitted({})["ad\\xff"]
    assert found.problem == "The folder's name is not valid UTF-8; rename it."


def test_a_folder_that_cannot_be_read_goes_to_a_person_and_stops_nobody(submitted, monkeypatch):
    scandir = os.scandir

    def locked(path):
        if os.fspath(path).endswith("bob"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    found = submitted({"ada/03_ridge.ipynb": "{}", "bob/03_ridge.ipynb": "{}"})
    assert found["ada"].path is not None
    assert found["bob"].problem == "The folder cannot be read: Permission denied."
    assert found["bob"].needs_person
