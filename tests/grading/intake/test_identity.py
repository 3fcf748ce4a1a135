"""The folder's name decides; what was typed as STUDENT can only contradict it."""

import unicodedata

import pytest

from regcourse.errors import SubmissionUnreadable


@pytest.fixture
def typed(read, cells, at):
    """Read the notebook of a folder with this line in place of STUDENT = "ada"."""

    def with_line(line, folder="ada"):
        setup = cells[at("setup")]
        setup["source"] = setup["source"].replace('STUDENT = "ada"', line)
        return read(cells, folder)

    return with_line


@pytest.mark.parametrize("line", ['STUDENT = "your-id"', "STUDENT = ''", 'STUDENT = " Your-ID "'])
def test_the_default_means_nothing(typed, line):
    submission = typed(line, 'o\'neil "x"\\')
    assert submission.typed_id is None
    assert "STUDENT = 'o\\'neil \"x\"\\\\'  # your id" in submission.cells[0][1]
    assert submission.notices == (
        "STUDENT was left as 'your-id'; the folder's name 'o\\'neil \"x\"\\\\' was used instead.",
    )


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('STUDENT = "ada"', "ada"),
        ('STUDENT = " ADA "', "ada"),
        ('STUDENT: str = "ada"', "Ada"),
        (f'STUDENT = "{unicodedata.normalize("NFD", "zoë")}"', "Zoë"),
        ("id_ = STUDENT = '''ada'''", "ada"),
    ],
    ids=["as it is", "letter case", "annotated", "unicode form", "a chain"],
)
def test_two_spellings_of_a_name_agree(typed, line, folder):
    submission = typed(line, folder)
    assert (submission.typed_id, submission.notices) == (None, ())
    assert f"= {folder!r}  # your id" in submission.cells[0][1]


@pytest.mark.parametrize("line", ['STUDENT = "bob"', '(STUDENT := "bob")', 'STUDENT: str = "bob"'])
def test_a_name_that_contradicts_the_folder_is_reported(typed, line):
    submission = typed(line)
    assert submission.typed_id == "bob"
    assert line in submission.cells[0][1]
    assert submission.notices == ("STUDENT is bob, but the folder is called ada.",)


def test_two_different_names_are_reported(typed):
    submission = typed('STUDENT = "ada"\nif True:\n    STUDENT = "bob"')
    assert submission.typed_id == "ada and bob"


def test_a_reported_name_is_short_and_printable(typed):
    submission = typed(f"STUDENT = {'x' * 100!r}; STUDENT = 'a\\u202eb'")
    assert submission.typed_id == f"{'x' * 64}... and a?b"


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        (
            'naïve = "ü"; STUDENT = "your-id"; STUDENT = (\n  "your-id"\n)',
            "naïve = \"ü\"; STUDENT = 'ada'; STUDENT = (\n  'ada'\n)",
        ),
        ('STUDENT = "your-id"; STUDENT = "your-id"', "STUDENT = 'ada'; STUDENT = 'ada'"),
    ],
    ids=["over lines", "on one line"],
)
def test_every_default_is_replaced_and_the_rest_of_the_line_kept(typed, line, signed):
    assert signed in typed(line).cells[0][1]


@pytest.mark.parametrize("line", ["STUDENT = input()", "STUDENT = 'a' + 'b'", "STUDENT = 7"])
def test_what_is_no_string_in_quotes_is_left_alone(typed, line):
    submission = typed(line)
    assert (submission.typed_id, submission.notices) == (None, ())
    assert line in submission.cells[0][1]


def test_a_variable_inside_a_function_is_not_the_students_id(typed):
    submission = typed('STUDENT = "ada"\ndef f():\n    STUDENT = "bob"')
    assert submission.typed_id is None


def test_a_name_written_in_many_times_counts_as_code(read, cells):
    # One by one, each in what the last one had made longer, they would take twenty seconds.
    many = [{"cell_type": "code", "source": 'STUDENT="";\n' * 7600} for _ in range(5)]
    with pytest.raises(SubmissionUnreadable, match=r"holds 2,736,\d{3} characters of code"):
        read([*cells, *many], "s" * 60)


def test_a_name_made_to_slow_its_reading_does_not(typed):
    submission = typed("STUDENT = '" + "\u0315\u0300" * 40_000 + "'")
    assert submission.typed_id is not None
