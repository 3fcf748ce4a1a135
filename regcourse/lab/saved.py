"""Bring live figures back in a notebook that is opened again, however often it was saved.

JupyterLab saves the state of figures whose kernel lives, and drops at the next save whatever it
restored from the file (jupyter-widgets/ipywidgets#3888): the third time a lesson is opened it
would say "model not found". This extension of the server, which `make lab` enables, can go when
that issue is closed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"


def keep_figures(*, model: dict[str, Any], path: str, contents_manager: Any) -> None:
    """Take the missing state of figures still shown from the file that is about to be replaced.

    A figure whose state is nowhere keeps its picture alone, which beats an error message.

    Parameters
    ----------
    model : dict
        What JupyterLab saves; a notebook that comes without any state is left as it is.
    path : str
        Where, below the root of `contents_manager`.
    contents_manager : jupyter_server's, with a `root_dir`
    """
    notebook = model["content"] if model.get("type") == "notebook" else None
    saved = notebook["metadata"].get("widgets", {}).get(_STATE) if notebook else None
    if not notebook or not saved:
        return
    shown = [data for data in _data(notebook) if _VIEW in data]
    wanted = [data[_VIEW]["model_id"] for data in shown]
    if any(name not in saved["state"] for name in wanted):
        old = _reachable(_on_disk(Path(contents_manager.root_dir, path)), wanted)
        saved["state"] = old | saved["state"]
    for data in shown:
        if data[_VIEW]["model_id"] not in saved["state"] and "text/html" in data:
            del data[_VIEW]


def _data(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    outputs = [each for cell in notebook["cells"] for each in cell.get("outputs", [])]
    return [output["data"] for output in outputs if "data" in output]


def _on_disk(file: Path) -> dict[str, Any]:
    try:
        metadata = json.loads(file.read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError):
        return {}
    states: dict[str, Any] = metadata.get("widgets", {}).get(_STATE, {}).get("state", {})
    return states


def _reachable(states: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    """The wanted models, and those that they name in turn: layouts, children."""
    found: dict[str, Any] = {}
    open_ends = list(wanted)
    while open_ends:
        name = open_ends.pop()
        if name in states and name not in found:
            found[name] = states[name]
            open_ends += re.findall(r'"IPY_MODEL_(\w+)"', json.dumps(states[name]))
    return found


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    serverapp.contents_manager.register_pre_save_hook(keep_figures)
