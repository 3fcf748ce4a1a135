"""The walls around a warm interpreter: which files it sees, and the command that builds them.

Two tiers. With bubblewrap the interpreter has namespaces of its own, no network, and
a file system that holds the system's libraries, one Python and the exercise's packages.
Started by root, bubblewrap keeps root's sight only to put that together, then setpriv
drops to a user id that owns nothing: RLIMIT_NPROC does not bind root, and root's own
interpreter may lie where nobody else can look. Started by anybody else it uses a user
namespace. Without bubblewrap ("none") only the process itself, its resource limits and its
system call filter stand between a submission and the files of whoever grades.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import pwd
import re
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import regcourse
from regcourse.errors import SandboxUnavailable
from regcourse.grading.sandbox.worker_imports import ROOMS
from regcourse.grading.sandbox.worker_seccomp import ARCHITECTURES

Protection = Literal["bubblewrap", "none"]
# Where things lie inside.
ENGINE, PACKAGES, SITE, DATA = (Path(f"/{name}") for name in ("engine", "packages", "site", "data"))
ENGINE_FILES = (
    "worker.py",
    "worker_imports.py",
    "worker_ipython.py",
    "worker_isolation.py",
    "worker_seccomp.py",
    "worker_student.py",
    "wire.py",
)
# ipywidgets: a live figure in a notebook must not cost its cell, though nobody sees it.
ALWAYS = ("numpy", "ipython", "ipywidgets")
INSTALL = "install it with `apt install bubblewrap` or your system's own package manager"
# What to import before the first fork, where importing the package alone leaves the work undone.
PRELOAD = {
    "matplotlib": ("matplotlib.pyplot", "matplotlib.figure", "matplotlib.backends.backend_agg"),
    "scikit-learn": ("sklearn.linear_model", "sklearn.model_selection", "sklearn.preprocessing"),
    "scipy": ("scipy.linalg", "scipy.optimize", "scipy.sparse"),
}
ENVIRONMENT = {
    "HOME": "/tmp",
    "IPYTHONDIR": "/tmp/ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "USER": "student",  # no account of that id exists inside
    "MPLBACKEND": "agg",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "MALLOC_ARENA_MAX": "2",  # each thread's own would cost 64 MB of the address space
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "JOBLIB_MULTIPROCESSING": "0",
}


@dataclass(frozen=True)
class Packages:
    """What may be imported: `entries` lie in the site folders, `names` are their stems."""

    entries: tuple[Path, ...]
    names: tuple[str, ...]
    preload: tuple[str, ...]

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(entry.parent for entry in self.entries))

    def inside(self, place: Path) -> Path:
        """Where a folder, or an entry of it, lies in the sandbox.

        Not where it lies outside: a checkout under /tmp would vanish below the private one.
        """
        folder = place if place in self.folders else place.parent
        return SITE / str(self.folders.index(folder)) / place.relative_to(folder)


def find_packages(allowed: Sequence[str]) -> Packages:
    """Return the entries of the allowed distributions and of all that they require."""
    wanted = [_distribution_name(name) for name in (*ALWAYS, *allowed)]
    queue, seen, entries = list(wanted), set[str](), list[Path]()
    while queue:
        name = _canonical(queue.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # required elsewhere: on another system, or by an older Python
        entries.extend(_entries(distribution))
        queue.extend(_requirements(distribution))
    preload = [module for name in wanted for module in _preload(name)]
    names = {entry.name.split(".")[0] for entry in entries if not _is_metadata(entry)}
    return Packages(tuple(dict.fromkeys(entries)), tuple(sorted(names)), tuple(preload))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _distribution_name(name: str) -> str:
    """Accept "sklearn" as well as "scikit-learn"; complain about what is not installed."""
    try:
        return _canonical(importlib.metadata.distribution(name).name)
    except importlib.metadata.PackageNotFoundError:
        providers = importlib.metadata.packages_distributions().get(name)
    if not providers:
        raise SandboxUnavailable(
            f"the exercise allows the package {name!r}, which is not installed here"
        )
    return _canonical(providers[0])


def _requirements(distribution: importlib.metadata.Distribution) -> Iterable[str]:
    for requirement in distribution.requires or ():
        text, _, marker = requirement.partition(";")
        found = re.match(r"[A-Za-z0-9._-]+", text)
        if found and "extra" not in marker:
            yield found.group()


def _entries(distribution: importlib.metadata.Distribution) -> Iterable[Path]:
    """The top-level files and folders of a distribution, without its scripts."""
    base = Path(str(distribution.locate_file("")))
    tops = {file.parts[0] for file in distribution.files or ()}
    if not tops:  # Debian's packages keep no list of files
        tops = set((distribution.read_text("top_level.txt") or distribution.name).split())
    for top in sorted(tops - {"..", "__pycache__"}):
        if (base / top).exists() and not top.endswith(".pth"):
            yield base / top


def _is_metadata(entry: Path) -> bool:
    return entry.name.endswith((".dist-info", ".egg-info", ".libs"))


def _preload(name: str) -> Iterable[str]:
    if name in PRELOAD:
        return PRELOAD[name]
    if name in ALWAYS:
        return ()
    distribution = importlib.metadata.distribution(name)
    stems = [entry for entry in _entries(distribution) if not _is_metadata(entry)]
    return [entry.name for entry in stems if (entry / "__init__.py").exists()][:1]


def spare_user() -> int:
    """A user id without an account, so that no file on this machine belongs to it."""
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(64_000, 60_000, -1) if uid not in taken)


def available(protection: Protection = "bubblewrap") -> str | None:
    """Say in words why student code cannot be run here, and what to do; None if it can."""
    if sys.platform != "linux":
        return "grading runs on Linux only: on Windows use WSL, on macOS a Linux machine"
    if platform.machine() not in ARCHITECTURES:
        return f"grading runs on {' and '.join(ARCHITECTURES)} only, not on {platform.machine()}"
    if protection == "none":
        return _none_is_missing()
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed: {INSTALL}"
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        return "setpriv is not installed: it is part of util-linux"
    # Each session makes namespaces of its own inside, so a trial has to do that too.
    inner = ["unshare", "--map-root-user", "--mount", "--pid", "--fork", "true"]
    trial = [*_bubblewrap(), "--ro-bind", "/", "/", "--proc", "/proc", *_drop(), *inner]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    if done.returncode:
        return (
            f"bubblewrap cannot make a sandbox here ({done.stderr.strip()[:300]}): allow "
            "unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, and on "
            "Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or grade as root"
        )
    return None


def _none_is_missing() -> str | None:
    if os.getuid() != 0:
        return None
    closed = [place for place in _interpreter_folders() if not _open_to_all(place)]
    if closed:
        return (
            f"without bubblewrap, root must hand student code to another user, and {closed[0]} "
            "cannot be read by others: grade as an ordinary user, or install bubblewrap"
        )
    return None


def _open_to_all(place: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (place, *place.parents))


def _interpreter_folders() -> list[Path]:
    return [Path(sys.base_prefix).resolve(), Path(regcourse.__file__).resolve().parent]


def _bubblewrap() -> list[str]:
    apart = ["pid", "net", "ipc", "uts", "cgroup-try"]
    if os.getuid() != 0:
        apart.insert(0, "user")
    command = [_program("bwrap"), *(f"--unshare-{name}" for name in apart)]
    command += ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if os.getuid() == 0:  # for setpriv alone, which then gives them up
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):
            command += ["--cap-add", capability]
    return command


def _program(name: str) -> str:
    """Return where a program lies: it is started without the grader's PATH."""
    found = shutil.which(name)
    return str(Path(found).resolve()) if found else name


def _drop() -> list[str]:
    if os.getuid() != 0:
        return []
    user = str(spare_user())
    who = ["--reuid", user, "--regid", user, "--clear-groups"]
    return [
        _program("setpriv"),
        *who,
        "--no-new-privs",
        "--inh-caps",
        "-all",
        "--bounding-set",
        "-all",
    ]


def _system() -> tuple[list[str], list[Path]]:
    """Bind the system's libraries; return the arguments and the folders now visible."""
    arguments: list[str] = []
    visible = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/lib32"), Path("/usr/local/lib")]
    for name in ("lib", "lib64", "lib32"):
        place = Path("/", name)
        if place.is_symlink():
            arguments += ["--symlink", str(place.readlink()), str(place)]
        else:
            visible.append(place)
    visible += [Path(sys.base_prefix, name) for name in ("lib", "lib64")]
    visible += [Path(sys.base_exec_prefix, name) for name in ("lib", "lib64")]
    for place in dict.fromkeys(visible):
        if place.is_dir():
            arguments += ["--ro-bind", str(place), str(place)]
    for file in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"):
        arguments += ["--ro-bind-try", file, file]
    return arguments, visible


def _site_folders() -> list[Path]:
    """Every folder in which packages may lie beside the ones that are allowed."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = [*site.getsitepackages([sys.base_prefix, sys.base_exec_prefix, "/usr", "/usr/local"])]
    found += [f"/usr/local/lib/{version}/{kind}-packages" for kind in ("site", "dist")]
    found += ["/usr/lib/python3/dist-packages", sysconfig.get_path("purelib")]
    return [Path(place) for place in dict.fromkeys(found) if Path(place).is_dir()]


def interpreter() -> str:
    """The real Python behind a virtual environment: the environment's own path is not bound."""
    return str(Path(sys.executable).resolve())


def command(packages: Packages, data: Path | None, arguments: Sequence[str]) -> list[str]:
    """Build the bubblewrap command; `arguments` go to the worker, whose files lie in /engine."""
    built = [*_bubblewrap(), "--clearenv"]
    for name, value in ENVIRONMENT.items():
        built += ["--setenv", name, value]
    system, visible = _system()
    binaries = [interpreter()]
    if os.getuid() == 0:
        binaries.append(_program("setpriv"))
    # Root's bubblewrap would make folders that only root can enter on the way to the binds.
    ends = (
        *visible,
        *map(Path, binaries),
        *map(packages.inside, packages.entries),
        ENGINE / "x",
        PACKAGES / "regcourse" / "x",
        Path("/etc/x"),
    )
    for way in sorted({way for end in ends for way in end.parents if way != Path("/")}):
        built += ["--perms", "0755", "--dir", str(way)]
    built += system
    for binary in binaries:
        built += ["--ro-bind", binary, binary]
    covered = [place for place in _site_folders() if any(map(place.is_relative_to, visible))]
    for place in covered:
        built += ["--tmpfs", str(place)]
    for entry in packages.entries:
        built += ["--ro-bind", str(entry), str(packages.inside(entry))]
    here = Path(regcourse.__file__).resolve().parent
    rooms = [room if (here / room).is_dir() else f"{room}.py" for room in ROOMS]
    for name in ("__init__.py", *rooms):
        built += ["--ro-bind", str(here / name), str(PACKAGES / "regcourse" / name)]
    for name in ENGINE_FILES:
        built += ["--ro-bind", str(here / "grading" / "sandbox" / name), str(ENGINE / name)]
    if data is not None:
        built += ["--ro-bind", str(data.resolve()), str(DATA)]
    built += ["--tmpfs", "/dev", "--dir", "/dev/shm"]
    for device in ("null", "zero", "full", "random", "urandom"):
        built += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    built += ["--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp"]
    # What bubblewrap made to hold the binds would otherwise be writable, and outlive a session.
    for place in (*covered, Path("/dev"), Path("/")):
        built += ["--remount-ro", str(place)]
    built += ["--chdir", "/tmp", *_drop()]
    return [*built, *python(), str(ENGINE / "worker.py"), *arguments]


def python() -> list[str]:
    return [interpreter(), "-P", "-s", "-S", "-B"]


def bare_command(arguments: Sequence[str]) -> list[str]:
    """Build the command for protection "none"."""
    return [*python(), str(Path(__file__).resolve().parent / "worker.py"), *arguments]
