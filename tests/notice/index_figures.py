"""The figures that each measure of the notice states, as an index to check the tables against.

    python tests/notice/index_figures.py NOTICE.txt     # writes tests/notice/figures.json

Figures only, no sentences: "200000 yuan", "2.5 points", "24 months", "2/3", "2023-12-31". Every digit of a
measure must belong to a figure that is understood (or to a name, listed below), else nothing is written: a
figure that was overlooked could not be checked.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

MEASURES = 50
INDEX = Path(__file__).with_name("figures.json")

_NUMBER = r"\d+(?:\.\d+)?"
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_UNITS = {
    "元": "yuan", "%": "%", "折": "tenths", "个百分点": "points", "个月": "months", "人": "persons", "户": "households",
    "亩": "mu", "千伏": "kilovolts", "千瓦": "kilowatts", "小时": "hours", "家": "firms", "列": "trains",
    "座": "seats", "台套": "machines", "盒": "boxes", "条": "items", "个": "items", "强": "ranks",
}  # fmt: skip
_NAMES = ("8+N", "5A级")
"""What is written with a digit and is no figure."""

Reader = Callable[[re.Match[str], int], tuple[list[str], int]]
"""Makes figures of a match, given the year last named; and says which year is named now."""


def split_measures(text: str) -> dict[int, str]:
    """The text of each measure without blanks, by its number; under 0 what follows the last one."""
    text = re.sub(r"(?m)^\s*—\s*\d+\s*—\s*$", "", text)  # page numbers
    found: dict[int, str] = {}
    starts: list[tuple[int, int]] = []
    for match in re.finditer(r"(?m)^\s*(\d{1,2})\.(?=\D)", text):
        if int(match[1]) == len(starts) + 1:
            starts.append((match.end(), match.start()))
    closing = re.search(r"(?m)^以上政策措施", text)
    if len(starts) != MEASURES or closing is None:
        raise SystemExit(f"{len(starts)} measures were found where {MEASURES} and a closing paragraph are expected")
    ends = [start for _, start in starts[1:]] + [closing.start()]
    for number, ((begin, _), end) in enumerate(zip(starts, ends, strict=True), 1):
        found[number] = _squeezed(text[begin:end])
    tail = text[closing.start() :]
    found[0] = _squeezed(tail[: tail.index("从其规定")])
    return found


def _squeezed(text: str) -> str:
    """Without blanks and line ends, and without a heading of a part ('二、…（5项）') that follows the measure."""
    return re.sub(r"[一二三四五六七八九十]+、[^。（）]*（\d+项）$", "", re.sub(r"\s+", "", text))


def figures(text: str) -> list[str]:
    """Every figure of a text without blanks, once each, in the order in which they stand."""
    found: list[str] = []
    year, place = 0, 0
    while place < len(text):
        for pattern, reader in _READERS:
            match = pattern.match(text, place)
            if match:
                said, year = reader(match, year)
                found += said
                place = match.end()
                break
        else:
            if text[place].isdigit():
                raise SystemExit(f"not understood: …{text[max(0, place - 8) : place + 12]}…")
            place += 1
    return list(dict.fromkeys(found))


def plain(value: Fraction) -> str:
    """'200000', '2.5'."""
    text = f"{value.numerator / value.denominator:.6f}" if value.denominator != 1 else str(value.numerator)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(match: re.Match[str], year: int) -> tuple[list[str], int]:
    year = int(match["year"] or year)
    return [date(year, int(match["month"]), int(match["day"])).isoformat()], year


def _month_end(match: re.Match[str], year: int) -> tuple[list[str], int]:
    year, month = int(match["year"] or year), int(match["month"])
    after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return [date.fromordinal(after.toordinal() - 1).isoformat()], year


def _year_end(match: re.Match[str], _: int) -> tuple[list[str], int]:
    return [f"{match['year']}-12-31"], int(match["year"])


def _year(match: re.Match[str], _: int) -> tuple[list[str], int]:
    return [f"year {match['year']}"], int(match["year"])


def _years(match: re.Match[str], year: int) -> tuple[list[str], int]:
    return [f"{match['number']} years"], year


def _quarter(_: re.Match[str], year: int) -> tuple[list[str], int]:
    return ["1 quarter"], year


def _fraction(match: re.Match[str], year: int) -> tuple[list[str], int]:
    return [match[0]], year


def _quantity(match: re.Match[str], year: int) -> tuple[list[str], int]:
    """One amount, or both ends of a range, of which the first may lack scale and unit."""
    unit, scale = _UNITS[match["unit"]], _SCALES[match["scale"] or ""]
    ends = [match["low"], match["number"]] if match["low"] else [match["number"]]
    amounts = [plain(Fraction(end) * scale) for end in ends]
    return [f"{amount}%" if unit == "%" else f"{amount} {unit}" for amount in amounts], year


def _name(_: re.Match[str], year: int) -> tuple[list[str], int]:
    return [], year


_ONE_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_READERS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile("|".join(map(re.escape, _NAMES))), _name),
    (re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"), _day),
    (re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月底"), _month_end),
    (re.compile(r"(?P<year>\d{4})年底"), _year_end),
    (re.compile(r"(?P<year>\d{4})年"), _year),
    (re.compile(r"(?P<number>\d{1,2})年"), _years),
    (re.compile("一个季度"), _quarter),
    (re.compile(r"\d+/\d+"), _fraction),
    (
        re.compile(rf"(?:(?P<low>{_NUMBER})%?[—-])?(?P<number>{_NUMBER})(?P<scale>[万亿]?)(?P<unit>{_ONE_UNIT})"),
        _quantity,
    ),
]


def index_of(text: str) -> dict[str, list[str]]:
    """The figures of each measure, and under '0' those of the closing paragraph (the general end)."""
    return {str(number): figures(measure) for number, measure in sorted(split_measures(text).items())}


def main() -> None:
    """Read the notice, write the index."""
    text = Path(sys.argv[1]).read_bytes()
    index = {"sha256": hashlib.sha256(text).hexdigest(), "measures": index_of(text.decode("utf-8"))}
    lines = json.dumps(index, ensure_ascii=False, indent=1)
    INDEX.write_text(re.sub(r"\n\s{3,}|\n\s+(?=\])", " ", lines).replace("[ ", "[").replace(" ]", "]") + "\n", "utf-8")


if __name__ == "__main__":
    main()
