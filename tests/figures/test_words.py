"""Numbers as words: three digits, two decimals, ties away from 0."""

import pytest

from regcourse.figures._words import kept_label, number, plain


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.001, "0.001"), (0.12345, "0.123"), (4.0, "4"), (3999.6, "4000"), (1.125, "1.13")],
)
def test_numbers_are_written_with_three_digits(value, words):
    assert plain(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.125, "0.13"), (-0.125, "-0.13"), (-0.004, "0.00"), (2.0, "2.00")]
)
def test_two_decimals_have_no_minus_before_zero_and_round_a_tie_away_from_it(value, words):
    assert number(value) == words


def test_a_bar_never_says_0_or_1_of_what_is_only_nearly_so():
    factors = [0.0, 1e-9, 0.0049, 0.0051, 0.42, 0.9949, 0.9951, 1 - 1e-9, 1.0]
    labels = ["0.00", "<0.01", "<0.01", "0.01", "0.42", "0.99", ">0.99", ">0.99", "1.00"]
    assert [kept_label(factor) for factor in factors] == labels
