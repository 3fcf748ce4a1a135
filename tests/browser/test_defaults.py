"""What `make lab` tells JupyterLab, without a browser: the files in deploy/jupyter."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
from jupyterlab_server.config import get_static_page_config

DEFAULTS = Path(__file__).parents[2] / "deploy" / "jupyter"


def test_students_get_their_figures_kept_and_no_tool_of_their_teachers(monkeypatch):
    # Jupytext's server would pair a notebook with a text; nbgrader's menus are not for students.
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(DEFAULTS))
    enabled = ExtensionConfigManager(
        read_config_path=jupyter_config_path()
    ).get_jpserver_extensions()
    assert enabled["jupyterlab_jupytext"] is False
    assert enabled["regcourse.widgets.saved"] is True
    assert not any(on for name, on in enabled.items() if name.startswith("nbgrader."))
    disabled = get_static_page_config()["disabledExtensions"]
    assert disabled["jupyterlab-jupytext"] is True
    assert disabled["@jupyter/nbgrader"] is True
