"""Where the submissions of an exercise lie in a folder that students could write to."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.intake.files import same_bytes
from regcourse.grading.safe import printable

NAME_CHARACTERS = 500
# What an unpacker, a server or a system leaves beside the students' folders.
NOT_STUDENTS = frozenset(
    ("__macosx", "@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found")
)
# Shows nothing, or another blank, but may stand in a name for the sake of its script.
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u3164\ufe00-\ufe0f\uffa0]")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")


@dataclass(frozen=True)
class Found:
    """One student's entry. Either `path` is a notebook, or `problem` says why there is none.

    `needs_person` tells a riddle that only a person can solve from a plain lack of a notebook.
    `notices` belong in front of those of the submission itself.
    """

    student: str
    path: Path | None
    problem: str = ""
    needs_person: bool = False
    notices: tuple[str, ...] = ()


def person_key(name: str) -> str:
    """Return what two spellings of one student's name have in common."""
    # Normalising takes the square of the length for text made to that end.
    seen = " ".join(_UNSEEN.sub("", printable(name)).split())[:NAME_CHARACTERS]
    composed = unicodedata.normalize("NFC", seen)
    return unicodedata.normalize("NFC", composed.casefold())


def find_submissions(folder: Path, exercise: str) -> list[Found]:
    """Find each student's notebook of an exercise, sorted by the student's name.

    Parameters
    ----------
    folder : Path
        Holds ``<student>/<exercise>.ipynb`` or, as nbgrader lays it out,
        ``<student>/<exercise>/<exercise>.ipynb``.
    exercise : str

    Returns
    -------
    list of Found
        One for each student. Hidden entries are passed over, links are never followed, archives
        never opened, and loose notebooks are reported and not guessed at.
    """
    entries = [entry for entry in _listing(folder) if not _is_nobodys(entry.name)]
    archives = {person_key(_packed(e.name)): e.name for e in entries if _is_archive(e)}
    found = []
    for entry in entries:
        if entry.is_symlink() and not _is_archive(entry):
            found.append(_riddle(entry.name, "The folder is a link, and links are not followed."))
        elif entry.is_dir(follow_symlinks=False):
            try:
                one = _in_student_folder(entry.name, Path(entry.path), exercise)
            except OSError as error:
                one = _riddle(entry.name, f"The folder cannot be read: {error.strerror}.")
            except SubmissionUnreadable as error:
                one = _riddle(entry.name, str(error))
            archive = archives.pop(person_key(entry.name), None)
            found.append(_with_archives(one, [archive] if archive else []))
        elif entry.name.casefold().endswith(".ipynb"):
            advice = "put it into a folder with the student's name."
            found.append(_riddle(Path(entry.name).stem, f"The notebook lies loose: {advice}"))
    for name in archives.values():
        advice = "unpack it into a folder with the student's name."
        found.append(_riddle(_packed(name), f"{name} is an archive, and is not opened: {advice}"))
    each = _each_once([_in_utf8(one) for one in found])
    return sorted(map(_plainly_named, each), key=lambda one: one.student)


def _is_nobodys(name: str) -> bool:
    return name.startswith(".") or name.casefold() in NOT_STUDENTS


def _listing(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_archive(entry: os.DirEntry[str]) -> bool:
    return entry.name.casefold().endswith(ARCHIVES) and not entry.is_dir(follow_symlinks=False)


def _packed(name: str) -> str:
    """Return whose archive it is, by a name that may end twice: ada.tar.gz is ada's."""
    while name.casefold().endswith(ARCHIVES):
        name = Path(name).stem
    return name


def _riddle(student: str, problem: str) -> Found:
    return Found(student, None, problem, needs_person=True)


def _with_archives(found: Found, archives: Iterable[str]) -> Found:
    said = [f"{name} is an archive and was not opened." for name in archives]
    if found.path is None and said:
        return replace(found, problem=" ".join([found.problem, *said]), needs_person=True)
    return replace(found, notices=(*found.notices, *said))


def _in_student_folder(student: str, folder: Path, exercise: str) -> Found:
    places = [folder]
    inner = folder / exercise
    if inner.is_dir() and not inner.is_symlink():
        places.append(inner)
    entries = [e for place in places for e in _listing(place) if not e.name.startswith(".")]
    notebooks = [e for e in entries if e.name.casefold().endswith(".ipynb")]
    links = [e.name for e in entries if e.is_symlink() and (e in notebooks or e.name == exercise)]
    files = [Path(e.path) for e in notebooks if stat.S_ISREG(e.stat(follow_symlinks=False).st_mode)]
    archives = [e.name for e in entries if _is_archive(e)]
    return _with_archives(_choose(student, folder, f"{exercise}.ipynb", files, links), archives)


def _choose(student: str, folder: Path, wanted: str, files: list[Path], links: list[str]) -> Found:
    exact = [path for path in files if path.name == wanted]
    others = [path for path in files if path.name != wanted]
    if len(exact) > 1 and not same_bytes(*exact):
        both = " and ".join(str(path.relative_to(folder)) for path in exact)
        return _riddle(
            student,
            f"There are two different notebooks: {both}. "
            "Delete the one that does not count, and grade again.",
        )
    if exact:
        said = [f"{path.name} was not looked at, since {wanted} is there." for path in others[:5]]
        return Found(student, exact[0], notices=tuple(said))
    if links:
        return _riddle(student, f"{links[0]} is a link, and links are not followed.")
    if len(others) > 1:
        names = ", ".join(path.name for path in others[:5])
        return _riddle(
            student,
            f"There is no {wanted}, but more than one other notebook: {names}. "
            f"Rename the one that counts to {wanted}, and grade again.",
        )
    if others:
        said = [f"The notebook is called {others[0].name} and was read as {wanted}."]
        return Found(student, others[0], notices=tuple(said))
    return Found(student, None, f"There is no notebook {wanted}.")


def _each_once(found: list[Found]) -> list[Found]:
    """Send entries that spell one student's name in several ways to a person."""
    count = Counter(person_key(one.student) for one in found)
    return [
        one
        if count[person_key(one.student)] == 1
        else _riddle(
            one.student,
            "This student's name stands here twice, spelt in two ways: "
            "delete the one that does not count, or rename it, and grade again.",
        )
        for one in found
    ]


def _in_utf8(found: Found) -> Found:
    """Report a name whose bytes are not UTF-8: no page or table could hold it."""
    name = os.fsencode(found.student).decode("utf-8", "backslashreplace")
    if name == found.student:
        return found
    return _riddle(name, "The folder's name is not valid UTF-8; rename it.")


def _plainly_named(found: Found) -> Found:
    """Report a name of which tables show less than there is: it could pass for another's."""
    name = found.student
    if printable(name).strip() == name and not {"\n", "\t"} & set(name):
        return found
    first, last = len(name) - len(name.lstrip()), len(name.rstrip())
    shown = "".join(
        c if first <= i < last and printable(c) == c and c not in "\n\t" else f"\\u{ord(c):04x}"
        for i, c in enumerate(name)
    )
    return _riddle(
        shown,
        "The folder's name begins or ends with a blank, or holds a character that is not shown: "
        "rename the folder, and grade again.",
    )
