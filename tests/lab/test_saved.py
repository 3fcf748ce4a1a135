"""A saved notebook keeps the figures that it shows."""

import copy
import json
from types import SimpleNamespace

import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager

from regcourse.lab import saved

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
OLD = {
    "one": {"state": {"layout": "IPY_MODEL_flow", "lam": 0.1}},
    "flow": {"state": {}},
    "unseen": {"state": {}},
}


@pytest.fixture
def save(tmp_path):
    """Save a notebook that shows the named figures through a server's hooks."""
    manager = LargeFileManager(root_dir=str(tmp_path))
    saved._load_jupyter_server_extension(SimpleNamespace(contents_manager=manager))

    def through_hooks(shown, metadata, kind="notebook"):
        outputs = [{"data": {VIEW: {"model_id": name}, "text/html": "<svg>"}} for name in shown]
        cells = [{"cell_type": "markdown"}, {"outputs": [{"name": "stdout"}, *outputs]}]
        content = {"cells": cells, "metadata": copy.deepcopy(metadata)}
        manager.run_pre_save_hooks({"type": kind, "content": content}, "lesson.ipynb")
        (tmp_path / "lesson.ipynb").write_text(json.dumps(content))
        return content

    return through_hooks


def states(found):
    return {"widgets": {STATE: {"version_major": 2, "state": found}}}


def test_a_figure_that_came_from_the_file_stays_in_it_with_its_layout(save):
    save(["one"], states(OLD))
    kept = states({name: OLD[name] for name in ("one", "flow")})
    assert save(["one"], states({}))["metadata"] == kept
    assert save(["one"], states({}))["metadata"] == kept


def test_what_a_live_figure_says_is_newer_than_the_file(save):
    save(["one"], states(OLD))
    new = {"two": {"state": {}}, "flow": {"state": {"width": "9em"}}}
    assert save(["one", "two"], states(new))["metadata"] == states({**new, "one": OLD["one"]})


def test_a_figure_whose_state_is_nowhere_keeps_its_picture_alone(save):
    notebook = save(["lost", "one"], states(OLD))
    lost, found = (output["data"] for output in notebook["cells"][1]["outputs"][1:])
    assert lost == {"text/html": "<svg>"}
    assert VIEW in found


@pytest.mark.parametrize(
    ("metadata", "kind"), [({}, "notebook"), (states({}), "file")], ids=["saves no state", "a file"]
)
def test_nothing_else_is_touched(save, metadata, kind):
    notebook = save(["one"], metadata, kind)
    assert VIEW in notebook["cells"][1]["outputs"][1]["data"]
    assert notebook["metadata"] == metadata


@pytest.mark.parametrize("text", ["", "{}"], ids=["empty", "no metadata"])
def test_a_file_that_holds_no_notebook_gives_nothing(save, tmp_path, text):
    (tmp_path / "lesson.ipynb").write_text(text)
    assert save(["one"], states({}))["metadata"] == states({})
