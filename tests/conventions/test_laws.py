"""There and back is the same strength, in every dialect that has an exact number."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.conventions import QUANTITIES, convert, dialects

EXACT = [record for record in dialects() if record.to and record.exact]
SHARES = {"L2": st.just(0.0), "L1": st.just(1.0), "elastic net": st.floats(0, 1)}
powers = st.floats(-12, 12).map(lambda e: 10.0**e)
GIVEN = {
    "n": st.integers(1, 10**7),
    "p": st.integers(1, 5),
    "sd_y": st.floats(-6, 6).map(lambda e: 10.0**e),
    "sigma2": powers,
    "batch": st.integers(1, 10**7),
    "momentum": st.floats(0, 0.999),
    "outputs": st.integers(1, 1000),
}


def test_every_quantity_is_varied():
    assert set(GIVEN) == set(QUANTITIES)


def parts(written, record, quantities):
    """(l1, l2) of what is written in a dialect."""
    lam, rho = convert(written, record.name, "regcourse", loss=record.loss, **quantities).values()
    return lam * rho, lam * (1 - rho)


def nudged(written, record):
    """What is written, with each number of it a unit in its last place away, if that is allowed."""
    for name, limits in record.write.items():
        number = limits.read(written[name], name)
        for other in (math.nextafter(number, 0), math.nextafter(number, math.inf)):
            yield from [dict(written) | {name: other}] * limits.holds(other)


@settings(max_examples=25)
@given(data=st.data(), lam=powers, quantities=st.fixed_dictionaries(GIVEN))
def test_there_and_back_is_the_same_strength(data, lam, quantities):
    for record in EXACT:
        shares = SHARES[record.penalty].filter(record.holds)
        rho = data.draw(shares, label=record.name)
        meant = {"lam": lam, "rho": rho}
        there = convert(meant, "regcourse", record.name, loss=record.loss, **quantities)
        back = parts(there, record, quantities)
        # As far as a unit in the last place of what is written can carry it, a few times: 1 - drop
        # loses the digits by which drop differs from 1, and a share near 1 those of the L2 part.
        reach = [8e-16 * lam] * 2
        for other in (parts(near, record, quantities) for near in nudged(there, record)):
            reach = [max(r, 4 * abs(o - b)) for r, o, b in zip(reach, other, back, strict=True)]
        for part, was, far in zip(back, (lam * rho, lam * (1 - rho)), reach, strict=True):
            assert abs(part - was) <= far, record.name
