"""What `make lab` tells JupyterLab, without a browser: the files in regcourse/lab/jupyter."""

import json
import subprocess
import sys

from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
from jupyterlab_server.config import get_static_page_config

from regcourse.lab.workspace import SETTINGS

EXTENSION = "regcourse.lab.saved"
# What Jupyter's server does with an extension, in a process that has nothing else in it.
LOADED = f"""
import importlib, json, sys
from types import SimpleNamespace as Some

module = importlib.import_module({EXTENSION!r})
for point in module._jupyter_server_extension_points():
    contents = Some(register_pre_save_hook=lambda hook: None)
    importlib.import_module(point["module"])._load_jupyter_server_extension(
        Some(contents_manager=contents)
    )
print(json.dumps([name for name in sys.modules if name.startswith(("regcourse", "numpy"))]))
"""


def test_students_get_their_figures_kept_and_no_tool_of_their_teachers(monkeypatch):
    # Jupytext's server would pair a notebook with a text; nbgrader's menus are not for students.
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(SETTINGS))
    enabled = ExtensionConfigManager(
        read_config_path=jupyter_config_path()
    ).get_jpserver_extensions()
    assert enabled["jupyterlab_jupytext"] is False
    assert [name for name, on in enabled.items() if on and "regcourse" in name] == [EXTENSION]
    assert not any(on for name, on in enabled.items() if name.startswith("nbgrader."))
    disabled = get_static_page_config()["disabledExtensions"]
    assert disabled["jupyterlab-jupytext"] is True
    assert disabled["@jupyter/nbgrader"] is True


def test_jupyters_server_loads_neither_numpy_nor_a_wing():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["regcourse", "regcourse.lab", EXTENSION]
