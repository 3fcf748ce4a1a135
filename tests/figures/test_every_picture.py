"""Every picture: words beside it, the same bytes everywhere, at home on a light and a dark page."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure
from matplotlib.image import imread

from regcourse import figures
from regcourse.errors import InvalidInput

# What a window of 400 px leaves for a picture, and how high words must be in it to be read.
NARROW, LEGIBLE = 352, 11


def test_every_figure_function_has_an_example(examples):
    found = {name: getattr(figures, name) for name in figures.__all__}
    functions = {name for name, it in found.items() if callable(it) and not isinstance(it, type)}
    missing = functions - {name.partition(",")[0] for name in examples}
    assert not missing, f"in tests/figures/conftest.py EXAMPLES has none of {sorted(missing)}"
    assert functions


def test_it_has_a_title_a_description_and_a_caption(example):
    picture = example.picture
    page = ElementTree.fromstring(picture._repr_html_())
    (drawing,) = page.findall("svg")
    named = {each.get("id"): each.text for each in drawing if each.get("id")}
    assert drawing.get("role") == "img"
    assert [named[name] for name in drawing.get("aria-labelledby").split()] == [
        picture.title,
        picture.alt,
    ]
    assert [each.tag for each in drawing][:2] == ["title", "desc"]
    assert page.findtext("figcaption") == picture.caption
    assert picture.alt.endswith(".")
    assert picture.caption.endswith(".")
    assert repr(picture) == f"Picture: {picture.alt}"


def test_it_is_the_same_when_it_is_shown_or_drawn_again(example):
    html = example.picture._repr_html_()
    assert example.picture._repr_html_() == html
    assert example.draw()._repr_html_() == html


ELSEWHERE = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("examples", sys.argv[1])
examples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(examples)
for name, (_, draw) in examples.EXAMPLES.items():
    print(name, hashlib.sha256(draw()._repr_html_().encode()).hexdigest(), sep=": ")
print("pyplot" if "matplotlib.pyplot" in sys.modules else "no pyplot")
"""


def test_it_is_the_same_for_a_user_with_another_process_and_other_settings(examples, tmp_path):
    # In the sheet of the house stand the first two, and the others nowhere.
    settings = "font.size: 30\naxes.grid: False\naxes.unicode_minus: False\ntext.color: red\n"
    (tmp_path / "matplotlibrc").write_text(settings)
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(Path(__file__).with_name("conftest.py"))],
        env={**os.environ, "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    here = [
        f"{name}: {hashlib.sha256(picture._repr_html_().encode()).hexdigest()}"
        for name, picture in examples.items()
    ]
    assert run.stdout.splitlines() == [*here, "no pyplot"]


def test_it_takes_the_colours_of_a_light_and_of_a_dark_page(example):
    html = example.picture._repr_html_()
    assert re.findall(r"#000|#fff|black|white|rgb", html, re.IGNORECASE) == []
    assert 'fill="currentColor"' in html
    assert 'stroke="currentColor"' in html
    # As a file it stands on a page of its own.
    assert re.findall(r"#fff\b|white", example.picture.svg) == ["#fff"]
    assert "var(" not in example.picture.svg


def test_every_word_is_legible_in_a_narrow_window(example):
    drawing = ElementTree.fromstring(example.picture._repr_html_()).find("svg")
    width = float(drawing.get("viewBox").split()[2])
    widest = float(re.search(r"max-width:([\d.]+)px", drawing.get("style"))[1])
    scale = min(NARROW, widest) / width
    sizes = [float(text.get("font-size")) for text in drawing.iter("text")]
    assert sizes
    assert min(sizes) * scale >= LEGIBLE


def test_it_is_small_and_no_number_in_it_has_more_than_two_decimals(example):
    html = example.picture._repr_html_()
    drawing = ElementTree.fromstring(html).find("svg")
    written = " ".join(v for each in drawing.iter() for v in each.attrib.values())
    assert re.findall(r"\d\.\d{3,}|\de[-+]\d|nan|inf", written) == []
    assert len(html) < 60_000


def test_twenty_pictures_on_a_page_do_not_clash(examples):
    shown = [picture._repr_html_() for picture in examples.values()]
    named = [re.findall(r' id="([^"]*)"', html) for html in shown]
    every = [name for names in named for name in names]
    assert len(every) == len(set(every))
    assert all(name.startswith("rc-") for name in every)
    for names, html in zip(named, shown, strict=True):
        used = re.findall(r'(?:href="#|url\(#)([^")]*)', html)
        assert set(used) <= set(names)
    assert "<style" not in "".join(shown)  # which would reach all of them


def test_it_is_drawn_on_the_axes_that_are_given(example):
    figure = Figure(figsize=(9, 7))
    axes = [figure.add_subplot(1, example.axes, k + 1) for k in range(example.axes)]
    picture = example.draw(axes[0] if example.axes == 1 else axes)
    assert picture.figure is figure
    assert figure.axes == axes
    assert [ax for ax in axes if not ax.has_data()] == []
    assert (picture.alt, picture.title) == (example.picture.alt, example.picture.title)
    # The words are as large as the owner of the axes has them.
    assert {float(label.get_size()) for label in axes[-1].get_xticklabels()} <= {10.0}
    ElementTree.fromstring(picture._repr_html_())


@pytest.mark.parametrize("axes", [3, [None] * 5])
def test_what_is_no_axes_is_refused(example, axes):
    words = f"^(ax must be Axes|axes must be {example.axes} Axes) of matplotlib, got "
    with pytest.raises(InvalidInput, match=words):
        example.draw(axes)


def test_it_can_be_saved_on_a_white_page(example, tmp_path):
    for kind in ("svg", "png"):
        example.picture.save(tmp_path / f"it.{kind}")
    assert (tmp_path / "it.svg").read_text(encoding="utf-8") == example.picture.svg
    pixels = imread(tmp_path / "it.png")
    inches = example.picture.figure.get_size_inches()
    assert pixels.shape[1] == pytest.approx(200 * inches[0], abs=1)
    assert pixels[0, 0].tolist() == [1, 1, 1, 1]


def test_it_leaves_the_settings_of_matplotlib_as_they_were(example):
    with mpl.rc_context({"font.size": 7, "lines.linewidth": 3}):
        before = dict(mpl.rcParams)
        example.draw()._repr_html_()
        assert dict(mpl.rcParams) == before
    assert Gcf.get_all_fig_managers() == []
