"""IPython as a student's notebook knows it, without a screen, a history or another process.

This file runs inside the sandbox, started by path: standard library and IPython.
"""

from __future__ import annotations

import ast
import builtins
import io
import site
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magics import ExecutionMagics
from traitlets.config import Config

# These files lie side by side in the sandbox, without the package around them.
if TYPE_CHECKING:
    from regcourse.grading.sandbox import worker_imports
else:
    import worker_imports

# Magics that set up a screen or install something: there is nothing for them to do.
HARMLESS = "config load_ext reload_ext autoreload autosave store pip conda env"
NO_PROGRAM = "no other program can be run while grading: !{}"
PROGRAMS = "bash sh script perl ruby system sx"
_kept: list[object] = []


class Compiler(CachingCompiler):
    """Name each cell by its number, so that a traceback can be traced to it."""

    cell = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.cell}>"


class QuietHook(DisplayHook):
    """Print the value of a cell without "Out[3]:", and keep no history of it."""

    def write_output_prompt(self) -> None:
        pass

    def update_user_ns(self, result: Any) -> None:
        pass


class Shell(InteractiveShell):
    """IPython without a screen, a history, a traceback printer or another process."""

    compiler_class = Compiler
    displayhook_class = QuietHook

    missing: list[str]  # what imports of this cell said of packages that are not there

    def transform_ast(self, node: ast.AST) -> ast.AST:
        node = super().transform_ast(node)
        return worker_imports.set_apart(node) if isinstance(node, ast.Module) else node

    def note_missing(self) -> None:
        self.missing.append(str(sys.exc_info()[1]))

    def showtraceback(self, *_: Any, **__: Any) -> None:
        pass

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        pass

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        return "agg", "agg"

    def ask_exit(self) -> None:
        raise SystemExit("exit() ends the cell while grading")

    def system(self, cmd: str) -> None:
        # At home a program that fails, or is not there, does not stop its cell either.
        print(NO_PROGRAM.format(cmd))  # noqa: T201 (what a shell would say)
        self.user_ns["_exit_code"] = 127

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        raise RuntimeError(NO_PROGRAM.format(cmd))


def prepare() -> None:
    """Make the shell that every fork inherits."""
    config = Config()
    config.HistoryManager.enabled = False  # its thread would not survive the fork
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.autocall = 0
    site.sethelper()
    _kept.append(sys.modules["__main__"])  # IPython puts another in its place
    shell = Shell.instance(config=config)
    shell.missing = []
    setattr(builtins, worker_imports.NOTE, shell.note_missing)
    formatter = shell.display_formatter
    formatter.active_types = ["text/plain"]  # so that no figure is rendered
    formatter.mimebundle_formatter.enabled = False
    magics = shell.magics_manager.magics
    magics["line"] |= dict.fromkeys(HARMLESS.split(), _nothing)
    for kind in ("line", "cell"):
        magics[kind] |= dict.fromkeys(PROGRAMS.split(), _no_program) | {"timeit": _timeit}
    builtins.input = _no_input


def _nothing(line: str) -> None:
    pass


def _no_program(line: str, cell: str = "") -> None:
    raise RuntimeError("no other program can be run while grading")


def _timeit(line: str, cell: str | None = None) -> Any:
    """Time a statement once: the number is not graded, the CPU time is limited."""
    once = "" if "-n" in line or "-r" in line else "-n1 -r1 "
    return ExecutionMagics(Shell.instance()).timeit(once + line, cell)


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() waits for a person, and there is none while grading")


def settle() -> None:
    """After the packages are imported: no windows, no warnings about figures, no first times."""
    if "matplotlib" in sys.modules:
        mpl = sys.modules["matplotlib"]
        mpl.use("agg")
        mpl.rcParams["figure.max_open_warning"] = 0
    # What IPython and NumPy import when first used is imported here, not in every fork.
    for source in ("pass", "1 +", "1 / 0", "%%time\npass", "%timeit pass", "%matplotlib inline"):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            Shell.instance().run_cell(source, store_history=False)
