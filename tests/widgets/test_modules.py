"""Files that import one another become one string, or are told at fault by name."""

import json
import re

import pytest

from regcourse.widgets._modules import inlined


@pytest.fixture
def folder(tmp_path):
    """A function that writes files of JavaScript; their folder."""

    def write(**files):
        (tmp_path / "kit").mkdir()
        for name, text in files.items():
            (tmp_path / f"{name.replace('_', '/')}.js").write_text(text)
        return tmp_path

    return write


def files(module):
    return json.loads(re.match(r"const files = (.*);\n", module)[1])


def test_each_file_comes_once_and_after_all_that_it_imports(folder):
    place = folder(
        top='import { b } from "./kit/b.js";\nimport { a } from "./kit/a.js";\n',
        kit_a="export const a = 1;\n",
        kit_b='import { a } from "./a.js";\nexport const b = a;\n',
    )
    found = files(inlined("top.js", place))
    assert list(found) == ["kit/a.js", "kit/b.js", "top.js"]
    assert found["kit/b.js"].startswith('import { a } from "regcourse:kit/a.js";')
    assert found["kit/a.js"] == "export const a = 1;\n"


def test_an_import_over_several_lines_is_found(folder):
    place = folder(top='import {\n  a,\n} from "./kit/a.js";\n', kit_a="export const a = 1;\n")
    assert list(files(inlined("top.js", place))) == ["kit/a.js", "top.js"]


def test_a_missing_file_is_named_with_who_asked_for_it(folder):
    place = folder(top='import { a } from "./kit/a.js";\n')
    with pytest.raises(FileNotFoundError, match=r"^js/kit/a\.js does not exist, and js/top\.js im"):
        inlined("top.js", place)
    with pytest.raises(FileNotFoundError, match=r"^js/other\.js does not exist$"):
        inlined("other.js", place)


def test_a_circle_is_refused_with_its_files(folder):
    place = folder(kit_a='import { b } from "./b.js";\n', kit_b='import { a } from "./a.js";\n')
    with pytest.raises(ImportError, match=r"circle: kit/a\.js -> kit/b\.js -> kit/a\.js$"):
        inlined("kit/a.js", place)
