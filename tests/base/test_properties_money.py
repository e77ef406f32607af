"""Money as people write it and as it is printed: every way to write an amount is read as just that amount."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.money import Fen, format_yuan, plain, read_money, yuan
from taxcalc.base.problem import Lang, Problem
from taxcalc.facts.catalogue import MONEY_LIMIT
from taxcalc.facts.values import read_value

CATALOGUE = catalogue_of(shipped_book())
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
LANGS: tuple[Lang, ...] = ("zh", "en")
fen = st.one_of(st.integers(0, 10_000), st.integers(0, MONEY_LIMIT), st.sampled_from([10**k for k in range(16)]))
signed = st.one_of(st.integers(-MONEY_LIMIT, MONEY_LIMIT), st.integers(-200, 200))


def grouped(digits: str, separator: str) -> str:
    """Digits in groups of three."""
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", separator, digits)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, int]:
    """An amount in some way that people write it, and its fen."""
    amount, sign, scale = draw(fen), draw(st.sampled_from(["", "+", "-", "−", "–", "—", "﹣", "()"])), draw(scales)
    unit = {"": 100, "万": 10**6, "亿": 10**10}[scale]
    whole, rest = divmod(amount, unit)
    part = f"{rest:0{len(str(unit)) - 1}}".rstrip("0")
    if not scale:
        part = part.ljust(draw(st.integers(len(part), 2)), "0")
    digits = grouped(str(whole), draw(st.sampled_from(["", ",", "_"])))
    digits = "" if not whole and part and draw(st.booleans()) else digits
    text = digits + (f".{part}" if part or (draw(st.booleans()) and digits) else "")
    text = draw(st.sampled_from(["", "¥", "￥", "¥ ", "CNY ", "RMB", "CNY"])) + text
    text += draw(st.sampled_from(["", " "])) + scale if scale else ""
    text += draw(st.sampled_from(["", "元", "圆", " 元", " CNY" if not scale else ""]))
    text = f"({text})" if sign == "()" else f"{sign}{text}"
    if draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    blank = draw(st.sampled_from(["", " ", "\u3000", "\u00a0", "\t"]))
    return f"{blank}{text}{blank}", amount if sign in ("", "+") else -amount


scales = st.sampled_from(["", "", "万", "亿"])


@given(written())
def test_every_way_to_write_an_amount_is_read(case: tuple[str, int]) -> None:
    text, amount = case
    assert read_money(text) == amount


WHOLE = r"\d*|\d{1,3}(?:,\d{3})+|\d+(?:_\d+)+"
"""Plain digits, or commas that make groups of three, or underscores between digits, however many."""


@example("0_0")
@example("1_200_000.5")
@example("12_34万")
@example("1,23")
@example("1,234_5")
@example("1__2")
@example("1_")
@given(st.text(alphabet="0123456789.,_-+−eE万亿元￥¥$%() ０５，．CNY", max_size=9))
def test_what_is_read_is_what_stands_there(text: str) -> None:
    """Whatever is accepted: its digits, its point and its unit, and nothing rounded, dropped or guessed."""
    amount = read_money(text)
    if isinstance(amount, Problem):
        return
    half = plain(text)
    number = re.sub(r"[^0-9.]", "", half)
    scale = {"": 1, "万": 10_000, "亿": 100_000_000}["".join(sign for sign in half if sign in "万亿")]
    assert abs(amount) == Fraction(number.rstrip(".")) * scale * 100
    assert (amount < 0) == (amount != 0 and any(sign in half for sign in "-−("))
    assert not re.search(r"[eE%$]", half)
    if re.search(r"\d \d", half):  # in threes, and more than one alone, or with a point behind
        half = re.sub(
            r"(?<!\d)(\d{1,3}(?: \d{3}){2,}|\d{1,3} \d{3}(?=\.\d))", lambda found: found[0].replace(" ", ""), half
        )
        assert not re.search(r"[\d.,_] +[\d.,_]", half)
    assert re.fullmatch(rf"(?:{WHOLE})(?:\.\d*)?", re.sub(r"[^0-9.,_]", "", half))


@given(fen, st.integers(0, 40), st.sampled_from(["e", "E", "ｅ"]), st.sampled_from(["", "+", "-"]))
def test_powers_of_ten_are_refused(amount: int, power: int, sign: str, minus: str) -> None:
    problem = read_money(f"{yuan(amount)}{sign}{minus}{power}")
    assert isinstance(problem, Problem)
    assert problem.key == "money_exponent"


@given(st.integers(0, 10**12), st.text(alphabet="0123456789", min_size=3, max_size=9), st.sampled_from(["", "元"]))
def test_parts_of_a_fen_are_refused_also_where_they_are_none(whole: int, part: str, unit: str) -> None:
    problem = read_money(f"{whole}.{part}{unit}")
    assert isinstance(problem, Problem)
    assert problem.key == "money_decimals"


@given(st.integers(0, 10**6), st.text(alphabet="0123456789", max_size=9), st.sampled_from([("万", 4), ("亿", 8)]))
def test_a_unit_makes_room_for_just_so_many_decimals(whole: int, part: str, unit: tuple[str, int]) -> None:
    name, places = unit
    found = read_money(f"{whole}.{part}{name}")
    if part[places + 2 :].strip("0"):
        assert isinstance(found, Problem)
        assert found.key == "money_decimals"
    else:
        assert found == Fraction(f"{whole}.{part or 0}") * 10 ** (places + 2)


@given(st.integers(1_000, 10**12), st.sampled_from([",", "，"]), st.integers(1, 12))
def test_a_misplaced_separator_is_refused(whole: int, comma: str, place: int) -> None:
    digits = str(whole)
    place = 1 + place % (len(digits) - 1)
    text = f"{digits[:place]}{comma}{digits[place:]}"
    found = read_money(text)
    if (len(digits) - place, place <= 3) == (3, True):
        assert found == whole * 100
    else:
        assert isinstance(found, Problem)
        assert found.key == "money_separators"


@given(signed)
def test_what_is_printed_is_read_back(amount: int) -> None:
    texts = {yuan(amount), *(format_yuan(amount, lang) for lang in LANGS)}
    assert {read_money(text) for text in texts} == {amount}
    assert yuan(amount) == f"{Decimal(amount).scaleb(-2):.2f}"
    for lang in LANGS:
        assert format_yuan(amount, lang) == Fen(amount).text(lang) == f"{Decimal(amount).scaleb(-2):,.2f}"


@given(written())
def test_a_fact_is_read_within_its_limits(case: tuple[str, int]) -> None:
    text, amount = case
    found = read_value(CATALOGUE["revenue"], text)
    if 0 <= amount <= MONEY_LIMIT:
        assert found == amount
    else:
        assert isinstance(found, Problem)
        assert found.key == "negative"


@given(st.integers(0, 10**6), st.sampled_from([("", 10**6), ("%", 10**4), ("‰", 10**3)]), st.booleans())
def test_a_rate_is_read_exactly(millionths: int, unit: tuple[str, int], wide: bool) -> None:
    sign, parts = unit
    text = f"{millionths // parts}.{millionths % parts:0{len(str(parts)) - 1}}{sign}"
    found = read_value(CATALOGUE["encouraged_income_share"], text.translate(FULL_WIDTH) if wide else text)
    assert found == Fraction(millionths, 10**6)


@given(st.integers(0, 10**9), st.sampled_from(["", ",", "_"]), st.sampled_from(["", "人", " 人"]))
def test_an_average_is_read_exactly(parts: int, separator: str, unit: str) -> None:
    text = f"{grouped(str(parts // 10_000), separator)}.{parts % 10_000:04}{unit}"
    assert read_value(CATALOGUE["employees"], text) == Fraction(parts, 10_000)
    refused = read_value(CATALOGUE["employees"], f"{parts // 10_000}.{parts % 10_000:04}1")
    assert isinstance(refused, Problem)
    assert refused.key == "number_decimals"


@pytest.mark.parametrize("text", ["1e3", "1.005", "1E-2", "1,23", "1.2.3", "١٢", "0x1f", "1/2", "½", "1 000"])
def test_what_is_no_amount_to_the_fen_is_refused(text: str) -> None:
    assert isinstance(read_money(text), Problem)
