"""A warm sandbox with a folder of data, and sessions in it."""

import pytest

from regcourse.grading.sandbox import Limits, Sandbox, available


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exercise") / "data"
    folder.mkdir()
    (folder / "patients.csv").write_text("1,2\n3,4\n")
    folder.parent.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def sandbox(data, ensure):
    ensure(available())
    limits = Limits(cell_seconds=2.0, call_seconds=1.0, total_seconds=20.0)
    with Sandbox(["matplotlib", "ipywidgets"], data=data, limits=limits) as warm:
        yield warm


@pytest.fixture
def session(sandbox):
    with sandbox.session() as opened:
        yield opened
