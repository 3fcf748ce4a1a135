import pytest

from regcourse.questions import checks_text, released_checks


@pytest.fixture
def folder(tmp_path, monkeypatch, thin_checks):
    """The working folder of a student's notebook: empty but for the check data."""
    (tmp_path / "90_thin.checks.json").write_text(thin_checks, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check_data_of(tmp_path, monkeypatch, loaded):
    """A function that works in a folder with the check data of 91_own, made from source text."""

    def place(questions):
        text = checks_text(released_checks(loaded(questions)))
        (tmp_path / "91_own.checks.json").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)

    return place
