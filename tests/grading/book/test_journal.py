"""The gradebook's file: no kill loses a record, and a strange file is left as it is."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.errors import GradebookDamaged, GradingError, InvalidInput
from regcourse.grading.book import journal
from regcourse.grading.book.gradebook import Gradebook, Mark
from regcourse.grading.book.journal import in_words
from regcourse.questions import Exercise

EXERCISE = Exercise("03_ridge", title="Ridge regression")
KEY = ("digest", "e1", "1")


@pytest.mark.parametrize("change", ["UPDATE {} SET student = 'eve'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["attempts", "marks"])
def test_what_was_entered_cannot_be_altered(graded, table, change):
    with Gradebook.open(graded) as book:
        book.mark([Mark("ada", "why_centre", 2.0)])
    with (
        contextlib.closing(sqlite3.connect(graded)) as database,
        pytest.raises(sqlite3.IntegrityError, match=f"{table} are only ever added to"),
    ):
        database.execute(change.format(table))


def test_a_reader_sees_what_is_committed_while_another_process_writes(book, path, result):
    book.record(result(), *KEY)
    with Gradebook.read(path) as reader:
        book.record(result("bob"), *KEY)
        assert [one.student for one in reader.latest()] == ["ada", "bob"]


def test_a_reader_cannot_write(graded, result):
    with (
        Gradebook.read(graded) as reader,
        pytest.raises(GradingError, match="cannot be opened or written"),
    ):
        reader.record(result("bob"), *KEY)


def test_a_second_writer_is_told_at_once(book, path):
    with pytest.raises(GradingError, match=r"another process is writing to .*gradebook\.sqlite"):
        Gradebook.open(path, "03_ridge")


def test_a_writer_waits_for_a_foreign_lock_and_then_says_so(book, path, monkeypatch, result):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book._database.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(GradingError, match="is in use by another process"):
        book.record(result(), *KEY)
    other.execute("ROLLBACK")
    other.close()
    book.record(result(), *KEY)
    assert book.has("ada", *KEY)


def test_without_folder_locks_every_commit_is_still_guarded(path, monkeypatch, result):
    def no_locks(*_):
        raise OSError("not supported")

    monkeypatch.setattr(journal.fcntl, "flock", no_locks)
    with Gradebook.open(path, "03_ridge") as book:
        book.record(result(), *KEY)


def test_an_error_inside_a_transaction_adds_nothing(book):
    with pytest.raises(InvalidInput, match="a second thought"):
        add_with_a_second_thought(book)
    assert book._rows("SELECT count(*) FROM facts") == [(1,)]


def add_with_a_second_thought(book):
    with book._adding() as add:
        add("INSERT INTO facts VALUES ('x', 'y')", ())
        raise InvalidInput("a second thought")


def foreign_database(path):
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE gradebook (student TEXT)")
    database.commit()
    database.close()


def changed(path, statement):
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(statement)
    database.close()


def torn(path):
    """Spoil a page that holds rows, as a disk does: SQLite tells of it in two lines."""
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 100] = b"\xff" * 100
    path.write_bytes(data)


DAMAGE = {
    "text": (lambda p: p.write_text("student,points\n" * 99), "not a gradebook or is damaged"),
    "foreign": (
        lambda p: (p.unlink(), foreign_database(p)),
        "is not a gradebook of regcourse, and was left as it is",
    ),
    "cut": (lambda p: os.truncate(p, 4096 * 3), "damaged, and was left as it is"),
    "torn": (torn, "is damaged, .* its pages do not fit together; put back a copy of it"),
    "alike": (
        lambda p: changed(p, f"PRAGMA application_id = {journal.APPLICATION_ID + 1}"),
        "is not a gradebook of regcourse, and was left as it is",
    ),
    "earlier": (lambda p: changed(p, "PRAGMA user_version = 0"), "has format 0, and this"),
    "later": (lambda p: changed(p, "PRAGMA user_version = 9"), "has format 9, and this .* reads 1"),
    "exercise": (
        lambda p: changed(p, "UPDATE facts SET value = '04_fair'"),
        "is the gradebook of 04_fair, not of 03_ridge",
    ),
    "nameless": (lambda p: changed(p, "DELETE FROM facts"), "does not say which exercise it is of"),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGE.values(), ids=DAMAGE)
def test_a_strange_file_is_named_in_one_line_and_left_as_it_is(graded, damage, words):
    damage(graded)
    before = graded.read_bytes()
    with pytest.raises(GradebookDamaged, match=words) as caught:
        Gradebook.open(graded, "03_ridge")
    assert "\n" not in str(caught.value)
    assert "***" not in str(caught.value)
    assert graded.read_bytes() == before


def test_a_file_that_was_refused_is_claimed_by_nobody(graded):
    changed(graded, "PRAGMA user_version = 9")
    first = the_refusal_of(graded)
    assert str(the_refusal_of(graded)) == str(first)


def the_refusal_of(path):
    with pytest.raises(GradebookDamaged, match="has format 9") as caught:
        Gradebook.open(path, "03_ridge")
    return caught.value


def test_text_that_is_none_is_damage(path):
    undecodable = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    with pytest.raises(GradebookDamaged, match="it holds text that is none"):
        raise_in_words(path, undecodable)


def test_an_altered_row_is_found(graded):
    changed(graded, "DROP TRIGGER attempts_keep_UPDATE")
    changed(graded, "UPDATE attempts SET result = replace(result, '5.0', '4.0')")
    with (
        Gradebook.read(graded) as book,
        pytest.raises(GradebookDamaged, match="a row does not match its checksum"),
    ):
        book.latest()


@settings(max_examples=60)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_never_passes_for_another_mark(tmp_path_factory, where, bit, result):
    path = tmp_path_factory.mktemp("flipped") / "gradebook.sqlite"
    with Gradebook.open(path, "03_ridge") as book:
        book.record(result(), *KEY)
        book.mark([Mark("ada", "why_centre", 2.0)])
        right = book.latest()
    data = bytearray(path.read_bytes())
    data[int(where * len(data))] ^= 1 << bit
    path.write_bytes(data)
    assert latest_or_damaged(path) in (right, "damaged")


def latest_or_damaged(path):
    try:
        with Gradebook.read(path, "03_ridge") as book:
            return book.latest()
    except GradebookDamaged:
        return "damaged"


def test_there_is_nothing_to_read_before_the_first_grading(path):
    with pytest.raises(GradingError, match=r"there is no gradebook .*: grade first"):
        Gradebook.read(path)
    with pytest.raises(GradingError, match=r"there is no gradebook .*: grade first"):
        Gradebook.open(path)
    with pytest.raises(GradingError, match="there is no folder"):
        Gradebook.open(path / "deeper", "03_ridge")


def test_a_folder_in_its_place_is_one_line(path):
    path.mkdir()
    with pytest.raises(GradingError, match="cannot be opened or written"):
        Gradebook.open(path, "03_ridge")


def test_a_failing_disk_is_one_line_and_no_damage(path):
    failing = sqlite3.OperationalError("disk I/O error")
    failing.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    with pytest.raises(GradingError, match="cannot be opened or written: disk I/O error"):
        raise_in_words(path, failing)


def raise_in_words(path, error):
    with in_words(path):
        raise error


WRITER = """
import sys
from pathlib import Path
from regcourse.grading.book.gradebook import Gradebook
from regcourse.grading.results import SubmissionResult
with Gradebook.open(Path(sys.argv[1]), "03_ridge") as book:
    for i in range(int(sys.argv[2]), 10**6):
        book.record(SubmissionResult(f"s{i:06}", "03_ridge", ()), "d", "e", "1")
        print(i, flush=True)
"""


@pytest.mark.parametrize("after", [0, 0.003, 0.02, 0.11], ids="{} s".format)
def test_a_kill_at_any_moment_loses_nothing_that_was_recorded(path, after):
    """Killed after the first record and some more time, three times over on one file."""
    said = -1
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(said + 1)], stdout=subprocess.PIPE
        )
        first = process.stdout.readline()
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        said = int((first + rest).split(b"\n")[:-1][-1])
        with Gradebook.open(path, "03_ridge") as book:
            kept = [one.student for one in book.latest()]
        # The kill may fall between the commit and the line that tells of it.
        assert kept[: said + 1] == [f"s{i:06}" for i in range(said + 1)]
        assert len(kept) - (said + 1) in (0, 1)
        said = len(kept) - 1


def test_a_kill_while_the_file_is_made_leaves_one_that_can_be_used(path, tmp_path):
    """SQLite's journal makes creation one step; here the step is undone from a copy."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    database.execute("PRAGMA application_id = 1")
    database.execute("CREATE TABLE half (x)")
    shutil.copytree(tmp_path, copy := tmp_path.with_name("killed"))
    database.close()
    with Gradebook.open(copy / path.name, "03_ridge") as book:
        assert book.latest() == []


def test_threads_of_readers_never_see_half_a_record(book, path, result):
    seen, done = [], threading.Event()

    def look():
        with Gradebook.read(path) as reader:
            while not done.is_set():
                seen.append(len(reader.latest()))

    thread = threading.Thread(target=look)
    thread.start()
    for i in range(30):
        book.record(result(f"s{i:02}"), *KEY)
    done.set()
    thread.join()
    assert seen == sorted(seen)
