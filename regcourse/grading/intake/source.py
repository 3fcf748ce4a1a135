"""What a cell of student code says, found without running it."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

PARSED_CHARACTERS = 100_000
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, *_COMPREHENSIONS)
_ASSIGNS_MAGIC = re.compile(r"=\s*[%!]")


@dataclass(frozen=True)
class Code:
    """A code cell. Without a `tree` it is not Python; `defines` and `uses` are then empty.

    `uses` are the names that it looks up in the notebook, those inside functions included.
    """

    number: int
    source: str
    tree: ast.Module | None
    defines: frozenset[str]
    uses: frozenset[str]

    @classmethod
    def of(cls, number: int, source: str) -> Code:
        """Read a cell as IPython would: a block that is indented as a whole is moved left."""
        tree = parse(source)
        if tree is None and source[:1] in " \t\n":
            moved = textwrap.dedent(source)
            tree = parse(moved)
            source = moved if tree is not None else source
        if tree is None:
            return cls(number, source, None, frozenset(), frozenset())
        nodes = list(_module_level(tree))
        return cls(number, source, tree, frozenset(_bound(nodes)), frozenset(_used(nodes)))

    @property
    def stands_alone(self) -> bool:
        """Whether it is Python and returns from nothing: half a function body does."""
        if self.tree is None:
            return False
        return "return" not in self.source or not any(
            isinstance(node, ast.Return) for node in _module_level(self.tree)
        )


def parse(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, magics and shell lines left out, or None."""
    for text in (source, _without_magics(source)):
        # Student code must neither print a SyntaxWarning in the grader nor stop it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                if len(text) <= PARSED_CHARACTERS:
                    return ast.parse(text)
            except (SyntaxError, ValueError, MemoryError, RecursionError):
                continue
    return None


def _without_magics(source: str) -> str:
    return "\n".join(_without_magic(line) for line in source.split("\n"))


def _without_magic(line: str) -> str:
    text = line.strip()
    shell = text.startswith(("%", "!", "?")) or _ASSIGNS_MAGIC.search(text) is not None
    question = text.endswith("?") and not text.startswith("#")
    # Same number of lines, same columns elsewhere: positions stay true.
    return line[: len(line) - len(line.lstrip())] + "pass" if shell or question else line


def _module_level(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk a module without entering functions and classes."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _SCOPES):
            waiting.extend(ast.iter_child_nodes(node))


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.asname or alias.name.split(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _used(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, _SCOPES):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id
            continue
        inside = list(ast.walk(node))
        names = [name for name in inside if isinstance(name, ast.Name)]
        own = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
        own |= {argument.arg for argument in inside if isinstance(argument, ast.arg)}
        yield from {name.id for name in names} - own


def only_checks(code: Code) -> bool:
    """Whether a cell does nothing but call check, check_all or progress."""
    statements = code.tree.body if code.tree else []
    return bool(statements) and all(_is_check(statement) for statement in statements)


def _is_check(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    call = statement.value
    simple = all(isinstance(argument, (ast.Name, ast.Constant)) for argument in call.args)
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    return called in {"check", "check_all", "progress"} and simple and not call.keywords


def assigned_values(code: Code, name: str) -> list[ast.expr]:
    """Return the expressions that a cell assigns to a variable, in order of their lines."""
    found: list[ast.expr] = []
    for node in _module_level(code.tree) if code.tree and name in code.defines else ():
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
            targets = [node.target]
        else:
            continue
        value = node.value
        if value and any(isinstance(target, ast.Name) and target.id == name for target in targets):
            found.append(value)
    return sorted(found, key=lambda value: (value.lineno, value.col_offset))


def with_literal(source: str, olds: Iterable[ast.expr], text: str) -> str:
    """Return the source with expressions, given in order, each replaced by a string literal."""
    data, literal = source.encode(), repr(text).encode()
    starts = [0, *accumulate(len(line) + 1 for line in data.split(b"\n"))]
    parts, done = [], 0
    for old in olds:
        parts += [data[done : starts[old.lineno - 1] + old.col_offset], literal]
        done = starts[(old.end_lineno or old.lineno) - 1] + (old.end_col_offset or 0)
    return b"".join([*parts, data[done:]]).decode()
