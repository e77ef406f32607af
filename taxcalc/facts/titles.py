"""What a heading says beside the name of a fact: duty and currency, a unit, VAT, a figure to date, a part of the year."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from taxcalc.base.money import plain
from taxcalc.base.period import HAN_NUMBERS, MONTH_NAMES


class Title(NamedTuple):
    """A heading, taken apart."""

    name: str
    """What is left: small and half-width letters, no blanks."""
    unit: str = ""
    """What its figures are counted in: '千', '万', '百万', '亿', '%', '‰'; '' for yuan, persons, or where it is not said."""
    gross: bool | None = None
    """Do its figures include VAT? None where it is not said."""
    cumulative: bool = False
    """Are they figures from the beginning of the year to date?"""
    part: str = ""
    """The part of the year that they are of or, where cumulative, run to: 'm05', 'q2', 'q1_open'; '' for none."""
    own: bool = False
    """Is it said that they are of the tax period alone (本期数)?"""


_BRACKETS = str.maketrans("[{【〔［〖「<《]}】〕］〗」>》", "(" * 9 + ")" * 9)
_SIGNS = str.maketrans(dict.fromkeys("−–—―～~", "-") | {"：": ":"})
_SEPARATORS = " ,;:/、，；·.-|"
_INNERMOST = r"\(([^()]*)\)"

_DUTY = r"必填项?|必须|必录项?|必输项?|选填项?|可选项?|非必填项?|required|mandatory|optional"
_CURRENCY = r"(?:金额|计量)?(?:单位)?[:为]?(?:人民币)?(?:元|[¥￥])|(?:单位:?)?人民币(?![元百千万亿])|列至角分|(?:in )?(?:cny|rmb|yuan)(?![a-z])"
_COUNTED = r"(?:计量)?(?:单位:?)?[人户](?!民)"
_SCALE = r"(?:金额|计量)?(?:单位)?[:为]?(?:人民币)?(?P<unit>百万|[千万亿])元?|(?:单位:?)?(?P<share>[%‰])"
_SCALE_BEHIND = r"(?:单位:?)?(?P<unit>百万|[千万亿])元|(?<![0-9])(?P<share>[%‰])"
"""Behind a figure, as in 1%, it belongs to that."""
_NET = (
    r"(?P<net>不含(?:增值)?税(?:价|金额)?|未税|(?:net|exclusive|excluding|excl\.?|without) (?:of )?(?:vat|tax)(?![a-z])"
    r"|(?:vat|tax) excl(?:\.|uded|usive)?(?![a-z]))"
)
_GROSS = (
    r"(?P<gross>价税合计|(?<!不)含(?:增值)?税(?:价|金额)?|(?:including|inclusive of|incl\.?|with) (?:vat|tax)(?![a-z])"
    r"|(?:vat|tax) incl(?:\.|uded|usive)?(?![a-z])|(?<![a-z])gross(?![a-z]))"
)
_TO_DATE = (
    r"(?P<to_date>(?:本年|全年|年初至今|年初至期末)?累计(?:数|金额|发生额)?|年初至今"
    r"|(?<![a-z])(?:year[ -])?to[ -]date(?![a-z])|(?<![a-z])(?:ytd|cumulative)(?![a-z]))"
)
_OWN = r"(?P<own>本期(?:数|金额|发生额))"
_HAN = "|".join(HAN_NUMBERS)
_NUMBER = rf"(?<![0-9十])(?:0?[1-9](?![0-9])|1[0-2]|{_HAN})"
_QUARTER = r"(?<![0-9十])第?(?P<quarter>[1-4一二三四])季度?|q0?(?P<q>[1-4])(?![0-9])|(?<![0-9])(?P<nq>[1-4])q(?![a-z])"
_MONTH = (
    rf"第?(?P<month>{_NUMBER})月份?|(?<![a-z])m(?P<m>0?[1-9]|1[0-2])(?![0-9])"
    rf"|(?<![a-z])(?P<name>{'|'.join(sorted(MONTH_NAMES, key=len, reverse=True))})\.?(?![a-z])"
)
_POINT = r"(?P<opens>open(?:ing)?|[季期]?初(?:数|余额)?)|(?P<closes>clos(?:e|ing)|[季期]?末(?:数|余额)?)"
_PART = rf"(?:{_QUARTER}|{_MONTH})"
_RUN = rf"(?P<run>(?:1|一)(?:月|季度?)?[-至到]第?{_NUMBER}(?:月份?|季度?)|前[2-4二三四]个?季度|上半年)"
"""1-6月, 上半年, 前三季度: from the beginning of the year to there."""
_ORDINAL = rf"^(?:\((?:{_HAN}|[0-9]{{1,2}})\)|(?:{_HAN}|[0-9]{{1,2}})[、.](?![0-9]))?(?:(?:其中|减|加):)?"
"""How a line of a return begins: (一), 1、, 其中："""
_UNTIL = rf"(?P<until>截[至止]到?){_PART}(?:末|底|(?:28|29|30|31)日)?止?"


class _Forms(NamedTuple):
    """What is looked for, by where it stands."""

    in_brackets: list[re.Pattern[str]]
    anywhere: list[re.Pattern[str]]
    at_an_end: list[re.Pattern[str]]


@functools.cache
def _forms() -> _Forms:
    """Compiled when a heading is read: to compile them takes longer than a command that reads none."""
    bracketed = (
        _DUTY,
        _SCALE,
        _CURRENCY,
        _COUNTED,
        _NET,
        _GROSS,
        _TO_DATE,
        _OWN,
        _UNTIL,
        _RUN,
        rf"{_PART}-?(?:{_POINT})?",
        _POINT,
    )
    edges = (rf"(?:{_DUTY})(?![a-z])", _UNTIL, _RUN, rf"{_PART}[- ]?(?:{_POINT})", _PART)
    behind = (
        rf"(?:{_SCALE_BEHIND})$",
        r"(?:单位:?)?(?:人民币)?元$",
        rf"[{re.escape(_SEPARATORS)}](?:{_SCALE}|{_CURRENCY}|{_COUNTED})$",
        rf"(?:{_POINT})$",
    )
    ends = (*(rf"^(?:{form})|(?:{form.replace('?P<', '?P<_')})$" for form in edges), *behind)
    return _Forms(*(list(map(re.compile, forms)) for forms in (bracketed, (_NET, _GROSS, _TO_DATE, _OWN), ends)))


def key_of(name: str) -> str:
    """A name as it is compared: small and half-width letters, one kind of bracket, no blanks, hyphens or underscores."""
    return re.sub(r"[\s_\-]+", "", _visible(name))


def keys_of(name: str) -> tuple[str, ...]:
    """The keys under which a name of a fact is found: as it stands, and without what stands beside the name."""
    title = read_title(name)
    plain_name = title.name and title._replace(name="", gross=title.gross or None) == Title("")
    return tuple(dict.fromkeys((key_of(name), title.name))) if plain_name else (key_of(name),)


def read_title(text: str) -> Title:
    """Take a heading apart. What is not understood stays in the name."""
    return _Reading(text).title()


def _visible(text: str) -> str:
    """Text without characters that cannot be seen, and without the stars of columns that must be filled."""
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return re.sub("[*★]", "", plain(text).casefold()).translate(_SIGNS).translate(_BRACKETS).strip()


class _Reading:
    """One heading while it is taken apart."""

    def __init__(self, text: str) -> None:
        text = re.sub(r"[\s_]+", " ", _visible(text))
        self.text = re.sub(_ORDINAL, "", re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text))
        self.found = Title("")
        self.point = ""

    def title(self) -> Title:
        for _ in range(3):  # brackets within brackets
            self._strip(re.sub(_INNERMOST, self._bracket, self.text))
        for form in _forms().anywhere:
            self._take(form)
        while any(self._take(form) for form in _forms().at_an_end):
            pass
        found, name = self.found, self.text
        if self.point:
            if found.part.startswith("q"):
                found = found._replace(part=f"{found.part}_{self.point}")
            else:  # of which quarter is not said: that stays in the name
                name += {"open": "期初", "close": "期末"}[self.point]
        if found.cumulative and found.part[:1] == "m" and int(found.part[1:]) % 3 == 0:
            found = found._replace(part=f"q{int(found.part[1:]) // 3}")
        return found._replace(name=key_of(name))

    def _strip(self, text: str) -> None:
        self.text = text.strip(_SEPARATORS)

    def _bracket(self, match: re.Match[str]) -> str:
        """Nothing in the place of a bracket that is understood, which is noted; else the bracket as it is."""
        inner = match[1].strip(_SEPARATORS)
        before = self.found, self.point
        while inner:
            said = next((found for form in _forms().in_brackets if (found := form.match(inner))), None)
            if said is None or not self._noted(said):
                self.found, self.point = before
                return match[0]
            inner = inner[said.end() :].strip(_SEPARATORS)
        return " "

    def _take(self, form: re.Pattern[str]) -> bool:
        """Take what a form says out of the text, if it is there and contradicts nothing."""
        said = form.search(self.text)
        if said is None or not self._noted(said):
            return False
        self._strip(f"{self.text[: said.start()]} {self.text[said.end() :]}")
        return True

    def _noted(self, match: re.Match[str]) -> bool:
        """Note what was said, unless it contradicts what is known."""
        said = {name.strip("_"): text for name, text in match.groupdict().items() if text}
        part, point = _part(said), "open" if "opens" in said else "close" if "closes" in said else ""
        new = Title(
            "",
            said.get("unit") or said.get("share") or self.found.unit,
            "gross" in said if said.keys() & {"gross", "net"} else self.found.gross,
            self.found.cumulative or not said.keys().isdisjoint({"to_date", "until", "run"}),
            part or self.found.part,
            self.found.own or "own" in said,
        )
        known = (self.found.unit, self.found.gross, self.found.part, self.point)
        told = (new.unit, new.gross, new.part, point or self.point)
        if any(old not in ("", None) and old != now for old, now in zip(known, told, strict=True)):
            return False
        self.found, self.point = new, point or self.point
        return True


def _part(said: dict[str, str]) -> str:
    """The part of the year that is named: 'q2', 'm05', or ''."""
    if run := said.get("run"):
        last = _number(re.findall(rf"1[0-2]|[1-9]|{_HAN}", run)[-1]) if run != "上半年" else 2
        return f"m{last:02}" if "月" in run else f"q{last}" if last <= 4 else ""
    if quarter := said.get("quarter") or said.get("q") or said.get("nq"):
        return f"q{_number(quarter)}"
    if month := said.get("month") or said.get("m"):
        return f"m{_number(month):02}"
    return f"m{MONTH_NAMES[said['name']]:02}" if "name" in said else ""


def _number(text: str) -> int:
    return HAN_NUMBERS.get(text) or int(text)
