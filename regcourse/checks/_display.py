"""What the instant check shows: one frozen result, read as text or as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from regcourse.checks._statuses import Status

__all__ = ["CheckResult", "Line", "Note", "Overview"]

# The mark, a word and the colour say the same thing, so that none of them is needed alone.
# Colours are Okabe and Ito's: apart for every common kind of colour vision.
_MARKS = {
    "passed": ("✓", "#009E73", "right so far"),
    "failed": ("✗", "#D55E00", "not yet"),
    "crashed": ("✗", "#D55E00", "stops with an error"),
    "timed out": ("✗", "#D55E00", "does not finish"),
    "refused": ("✗", "#D55E00", "refused"),
    "blocked": ("◌", "#E69F00", "waits for another question"),
    "not attempted": ("○", "#767676", "not attempted yet"),
    "needs a person": ("◇", "#0072B2", "left to the grader"),
}


@dataclass(frozen=True)
class Line:
    """One finding: a heading and the sentences that explain it."""

    status: Status
    heading: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """The result of one check. A notebook shows it as HTML, everything else as text."""

    question: str
    status: Status
    sentences: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    mistake: str = ""

    def __repr__(self) -> str:
        mark, _, word = _MARKS[self.status]
        text = [f"{mark} {self.question}: {word}", *(f"  {s}" for s in self.sentences)]
        for line in self.lines:
            text.append(f"  {_MARKS[line.status][0]} {line.heading}")
            text += [f"      {sentence}" for sentence in line.sentences]
        return "\n".join(text)

    def _repr_html_(self) -> str:
        mark, colour, word = _MARKS[self.status]
        rows = "".join(f"<p style='margin:.3em 0'>{escape(s)}</p>" for s in self.sentences)
        for line in self.lines:
            sign, tint, _ = _MARKS[line.status]
            rows += (
                f"<p style='margin:.5em 0 .1em'><span style='color:{tint}' aria-hidden='true'>"
                f"{sign}</span> {escape(line.heading)}</p>"
            )
            rows += "".join(
                f"<p style='margin:.1em 0 .1em 1.4em'>{escape(s)}</p>" for s in line.sentences
            )
        return (
            f"<div role='status' style='border-left:4px solid {colour};padding:.4em .9em;"
            f"margin:.3em 0;max-width:46em;line-height:1.45'>"
            f"<p style='margin:0'><span style='color:{colour};font-weight:700' aria-hidden='true'>"
            f"{mark}</span> <code>{escape(self.question)}</code> <strong>{word}</strong></p>"
            f"{rows}</div>"
        )


@dataclass(frozen=True)
class Overview:
    """Several questions at a glance."""

    title: str
    rows: tuple[tuple[str, Status], ...]
    details: tuple[CheckResult, ...] = ()

    def _summary(self) -> str:
        done = sum(status == "passed" for _, status in self.rows)
        left = sum(status == "needs a person" for _, status in self.rows)
        so_far = f"{self.title}: {done} of {len(self.rows)} right so far"
        return f"{so_far}, {left} left to the grader" if left else so_far

    def __repr__(self) -> str:
        width = max((len(name) for name, _ in self.rows), default=0)
        text = [self._summary()]
        text += [f"  {_MARKS[s][0]} {name:<{width}}  {_MARKS[s][2]}" for name, s in self.rows]
        text += [repr(detail) for detail in self.details]
        return "\n".join(text)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td style='text-align:left;white-space:nowrap'>"
            f"<span style='color:{_MARKS[s][1]}' aria-hidden='true'>{_MARKS[s][0]}</span> "
            f"<code>{escape(name)}</code></td>"
            f"<td style='text-align:left'>{_MARKS[s][2]}</td></tr>"
            for name, s in self.rows
        )
        details = "".join(detail._repr_html_() for detail in self.details)
        return (
            f"<div><table style='table-layout:auto;width:min(100%,30em)'>"
            f"<caption style='text-align:left'>{escape(self._summary())}</caption>"
            f"<thead><tr><th scope='col' style='text-align:left'>question</th>"
            f"<th scope='col' style='text-align:left'>so far</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>{details}</div>"
        )


@dataclass(frozen=True)
class Note:
    """One clear line, where there is nothing to check."""

    text: str

    def __repr__(self) -> str:
        return self.text
