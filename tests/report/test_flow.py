"""Lines of a report begin and end as Chinese wants it, and a figure stays with the word before it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from taxcalc.report.flow import Flow

WORDS = st.sampled_from(
    [*"税费 ，。；：、）（《》「", " 1,234.00", " 12 ", "2023", "VAT ", "exempt ", " ≤ 300", "第4条"]
)


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in Flow(Text(text)).lines(width)]


@given(st.lists(WORDS, min_size=1, max_size=60).map("".join), st.integers(30, 100))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    drawn = lines(text, width)
    assert re.sub(r"\s", "", "".join(drawn)) == re.sub(r"\s", "", text)
    assert all(cell_len(line) <= width for line in drawn)


def test_no_line_begins_with_a_sign_that_ends_a_phrase() -> None:
    text = "销售额，税额。期间；税种：增值税、所得税（企业）" * 9
    for width in range(24, 80):
        assert not [line for line in lines(text, width) if line[0] in "，。；：、）"]
        assert not [line for line in lines(text, width) if line[-1] == "（"]


def test_a_figure_stays_with_its_word_and_its_unit() -> None:
    text = "销售额按 4 个季度平均；增值税 810,000.00 元；城市维护建设税 56,700.00 元；教育费附加 24,300.00 元；up to 24,400.00 more; "
    for width in range(30, 100):
        for line in lines(text * 4, width):
            assert not re.match(r"[\d,.]", line), line
            assert not re.match(r"[元个]", line), line


def test_a_short_name_is_whole_with_its_figure() -> None:
    for width in range(30, 100):
        assert "城市维护建设税 56,700.00" in "\n".join(lines("城市维护建设税 56,700.00；" * 6, width))
        for line in lines("城市维护建设税 56,700.00；" * 6, width):
            assert line.startswith("城市")
