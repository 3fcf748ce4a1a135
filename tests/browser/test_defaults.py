"""What `make lab` tells JupyterLab, without a browser: the files in deploy/jupyter."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
from jupyterlab_server.config import get_static_page_config

DEFAULTS = Path(__file__).parents[2] / "deploy" / "jupyter"


def test_no_server_pairs_a_notebook_with_a_text_and_figures_are_kept(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(DEFAULTS))
    enabled = ExtensionConfigManager(
        read_config_path=jupyter_config_path()
    ).get_jpserver_extensions()
    assert enabled["jupyterlab_jupytext"] is False
    assert enabled["regcourse.widgets.saved"] is True
    assert get_static_page_config()["disabledExtensions"]["jupyterlab-jupytext"] is True
