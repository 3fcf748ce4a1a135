"""The house style for what others draw, and Matplotlib's SVG made ours."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import style
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from regcourse import figures
from regcourse.errors import InvalidInput
from regcourse.figures._render import _attributes


def shown(draw, name="regcourse.figures.house"):
    """The page that shows what `draw(figure)` draws in a style."""
    with style.context(name, after_reset=True):
        figure = Figure()
        draw(figure)
    return figures.Picture(figure, "A title", "A description.", "A caption.")._repr_html_()


def contour(figure):
    x = np.linspace(-1, 1, 15)
    figure.subplots().contour(x, x, np.add.outer(x**2, 2 * x**2))


def surface(figure):
    x, y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))
    ax = figure.add_subplot(projection="3d")
    ax.plot_surface(x, y, x**2 + y**2, rstride=1, cstride=1)
    ax.set(xlabel="w₁", ylabel="w₂", zlabel="loss")


def scatter(figure):
    figure.subplots().scatter([1, 2, 3], [1, 4, 9], hatch="//")


def polar(figure):
    figure.add_subplot(projection="polar").plot([0, 1, 2], [1, 2, 3])


@pytest.mark.parametrize("draw", [contour, surface, scatter, polar])
def test_whatever_matplotlib_draws_is_the_same_twice_and_small(draw):
    html = shown(draw)
    assert shown(draw) == html
    written = " ".join(v for e in ElementTree.fromstring(html).iter() for v in e.attrib.values())
    assert re.findall(r"\d\.\d{3,}|nan", written) == []
    assert re.findall(r' id="(?!rc-)', html) == []
    assert len(html) < 60_000


def test_the_style_has_a_name_that_anybody_can_use():
    with style.context("regcourse.figures.house"):
        assert mpl.rcParams["font.size"] == 12.5


def test_a_line_without_a_meaning_is_told_by_its_dashes():
    drawing = ElementTree.fromstring(shown(lambda figure: figure.subplots().plot(np.eye(5))))
    lines = [each for each in drawing.findall(".//svg/svg/path") if len(each.get("d")) > 40]
    assert {line.get("stroke") for line in lines} == {"currentColor"}
    assert len({line.get("stroke-dasharray") for line in lines}) == len(lines) == 5


def test_black_follows_the_page_and_white_is_the_page():
    def draw(figure):
        figure.subplots().fill([0, 1, 1], [0, 0, 1], facecolor="white", edgecolor="black")

    assert '<path d="' in shown(draw)
    assert 'fill="var(--jp-layout-color0,#fff)"' in shown(draw)
    assert "#000000" not in shown(draw, "default")


def test_powers_of_ten_are_words():
    def draw(figure):
        figure.subplots().loglog([1e-3, 2e4], [2, 3])

    html = shown(draw)
    assert ">10⁻³</text>" in html
    assert ">2 × 10⁰</text>" in html
    assert "tspan" not in html


def test_no_font_is_measured(monkeypatch):
    def measure(*_):
        raise AssertionError("FreeType was asked")

    monkeypatch.setattr(RendererSVG, "get_text_width_height_descent", measure)
    html = shown(lambda figure: figure.suptitle("no matter how wide", x=0.9, ha="right"))
    assert 'text-anchor="end"' in html


def test_lines_are_cut_off_at_the_edge_of_their_panel_without_an_id():
    def draw(figure):
        ax = figure.add_axes((0.25, 0.25, 0.5, 0.5))
        ax.plot([-1, 2], [0.5, 0.5])
        ax.set(xlim=(0, 1), ylim=(0, 1))

    drawing = ElementTree.fromstring(shown(draw)).find("svg")
    width, height = map(float, drawing.get("viewBox").split()[2:])
    (box,) = {tuple(each.attrib.items()) for each in drawing.findall("svg")}
    assert float(dict(box)["width"]) == pytest.approx(width / 2, abs=0.01)
    assert float(dict(box)["y"]) == pytest.approx(height / 4, abs=0.01)
    assert "clip-path" not in shown(draw)


@pytest.mark.parametrize(
    "css",
    [
        "font: italic 700 12.5px 'DejaVu Sans', sans-serif; text-anchor: end",
        "font-style: italic; font-weight: 700; font-size: 12.5px; font-family: 'DejaVu Sans'; "
        "text-anchor: end",
    ],
    ids=["as Matplotlib 3.9 writes it", "as 3.10 does"],
)
def test_a_font_is_the_same_however_matplotlib_writes_it(css):
    text = ElementTree.Element("text", {"style": css, "transform": "rotate(-0 1 2)", "x": "1.256"})
    assert _attributes(text) == {
        "font-size": "12.5",
        "font-style": "italic",
        "font-weight": "700",
        "text-anchor": "end",
        "x": "1.26",
    }


def test_a_figure_that_pyplot_shows_is_not_shown_twice():
    figure, ax = plt.subplots()
    try:
        picture = figures.condition_curve([1, 2], [2, 1], ax)
        assert picture._repr_html_() is None
    finally:
        plt.close(figure)
    assert "<svg" in picture._repr_html_()


def test_a_picture_is_saved_as_what_its_name_says(examples, tmp_path):
    picture = examples["factor_bars"]
    picture.save(tmp_path / "bars.PDF")
    once = (tmp_path / "bars.PDF").read_bytes()
    assert once.startswith(b"%PDF")
    assert b"CreationDate" not in once
    with pytest.raises(
        InvalidInput, match=r"^path must end in \.svg, \.png or \.pdf, got 'a\.gif'$"
    ):
        picture.save("a.gif")


def test_the_room_is_opened_without_matplotlib():
    code = "import sys, regcourse.figures; print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
