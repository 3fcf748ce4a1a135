"""Every record is whole: what a dialect leaves out is told in words, before anybody misses it."""

import inspect
from collections import Counter
from pathlib import Path

import pytest

from regcourse import conventions
from regcourse.conventions import QUANTITIES, dialects
from regcourse.conventions._record import POSITIVE, SHARE, STRENGTH, Dialect, proportional

RECORDS = [pytest.param(record, id=f"{record.name}-{record.loss}") for record in dialects()]


def wrong(record):
    """What an author should hear of a record."""
    parameters = {"L2": 1, "L1": 1, "elastic net": 2}[record.penalty]
    needs = {*record.needs, *record.if_l2}
    positive = POSITIVE in record.write.values()
    faults = {
        "both to and back, or neither": (record.to is None) == (record.back is None),
        "a because that begins with its formula, without a full stop": bool(record.because)
        and not record.because.endswith("."),
        "a because of two lines at most": len(record.because) <= 112,
        "needs that are in QUANTITIES": needs <= set(QUANTITIES),
        "zero if, and only if, a number must be positive": positive == bool(record.zero),
        "at least one setting": len(record.write) >= 1,
        "one setting, for one penalty": record.penalty == "elastic net" or len(record.write) == 1,
        "two settings, for an elastic net": record.penalty != "elastic net"
        or len(record.write) == parameters,
        "a name without spaces": " " not in record.name,
        "a name that begins with its library": not record.library
        or record.name.split(".")[0] == record.library,
    }
    return [f"{record.name} must have {what}" for what, holds in faults.items() if not holds]


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_is_whole(record):
    assert wrong(record) == []


def test_what_a_record_lacks_is_told_in_words():
    record = Dialect("my tool", "elastic net", {"a": POSITIVE}, "lam.", to=None, back=abs,
                     needs=("magic",), library="tool")  # fmt: skip
    assert wrong(record) == [
        "my tool must have both to and back, or neither",
        "my tool must have a because that begins with its formula, without a full stop",
        "my tool must have needs that are in QUANTITIES",
        "my tool must have zero if, and only if, a number must be positive",
        "my tool must have two settings, for an elastic net",
        "my tool must have a name without spaces",
        "my tool must have a name that begins with its library",
    ]


def test_a_name_has_one_record_for_each_loss():
    counts = Counter((record.name, record.loss) for record in dialects())
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_file_of_the_folder_is_found():
    folder = Path(inspect.getfile(conventions)).parent / "_dialects"
    written = sum(path.read_text("utf-8").count("\nDIALECTS = ") for path in folder.glob("*.py"))
    assert written == len(list(folder.glob("*.py"))) - 1  # all but __init__
    assert {"sklearn", "torch", "keras", "statsmodels"} < {record.library for record in dialects()}


def test_the_hub_is_first_and_libraries_come_before_books():
    names = [record.name for record in dialects()]
    assert names[0] == "regcourse"
    assert (
        names.index("xgboost.gblinear") < names.index("dropout.inputs") < names.index("ESL.ridge")
    )


def test_every_quantity_says_what_it_is():
    assert [name for name, quantity in QUANTITIES.items() if len(quantity.meaning) < 20] == []
    used = {name for record in dialects() for name in (*record.needs, *record.if_l2)}
    assert set(QUANTITIES) - used == {"p"}  # only what is written needs it, not the number


def test_a_record_is_equal_to_itself_alone_and_can_be_a_key():
    one, other = (proportional("a.b", "L2", "c", "lam") for _ in range(2))
    assert one != other
    assert len({one, other, one}) == 2
    assert one.write == {"c": STRENGTH} != {"c": SHARE}
