"""The stored outputs are what the cells print today, and nbval would notice if they were not."""

import nbformat
import pytest


def test_every_cell_prints_what_is_stored(lesson, nbval):
    run = nbval(lesson.path)
    assert f"{len(lesson.code)} passed" in run.stdout, run.stdout[-4000:]
    assert run.returncode == 0


@pytest.fixture
def small(tmp_path):
    """A function that stores a two-cell notebook, after a change to it, and returns its path."""

    def write(change):
        stream = nbformat.v4.new_output("stream", name="stdout", text="‖w‖ = 5.0\n")
        cells = [
            nbformat.v4.new_code_cell("w = (3, 4)", execution_count=1),
            nbformat.v4.new_code_cell(
                "print('‖w‖ =', (w[0] ** 2 + w[1] ** 2) ** 0.5)",
                execution_count=2,
                outputs=[stream],
            ),
        ]
        change(cells)
        path = tmp_path / "small.ipynb"
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(book, path)
        return path

    return write


def test_an_intact_notebook_passes(small, nbval):
    assert "2 passed" in nbval(small(lambda cells: None)).stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[1].outputs[0].update(text="‖w‖ = 5.1\n"),
        lambda cells: cells[0].update(source="w = (3, 5)"),
        lambda cells: cells[1].update(outputs=[]),
    ],
    ids=["an altered output", "an altered source line", "a stripped output"],
)
def test_an_altered_notebook_fails(small, nbval, change):
    run = nbval(small(change))
    assert run.returncode == 1
    assert "1 failed" in run.stdout
