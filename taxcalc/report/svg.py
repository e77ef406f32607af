"""A curve as SVG: text stays text, in the fonts of whoever reads it; jumps have a filled and a hollow end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from xml.sax.saxutils import escape

from taxcalc.advice.curve import Curve
from taxcalc.report.plot import ends, number

_WIDTH, _FLOOR, _LINE = 880, 400, 20
_LEFT, _RIGHT, _TOP = 120, 60, 56
_STYLE = (
    "text{font:13px system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;fill:#222}.t{font-size:16px;font-weight:600}"
    ".a{stroke:#888}.c{stroke:#0b5;stroke-width:2.5;fill:none}.j{stroke:#b22;stroke-dasharray:3 4}"
    ".b{fill:#c33;fill-opacity:.12}.o{fill:#fff;stroke:#0b5;stroke-width:2}.f{fill:#0b5}.l{fill:#b22}.k{fill:#666}.n{stroke:#06c}"
)


def as_svg(
    curve: Curve,
    title: str,
    labels: Sequence[tuple[str, str]],
    amount: Callable[[int], str],
    value: Callable[[Fraction], str],
) -> str:
    """The picture; `labels` say the cliffs, in their order."""
    parts = "\n".join(_parts(curve, title, labels, amount, value))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_FLOOR + 50 + _LINE * 2 * len(labels)}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}">\n<style>{_STYLE}</style>\n{parts}\n</svg>\n'
    )


def _parts(
    curve: Curve,
    title: str,
    labels: Sequence[tuple[str, str]],
    amount: Callable[[int], str],
    value: Callable[[Fraction], str],
) -> Iterator[str]:
    low, high, most = ends(curve)

    def x(at: Fraction) -> str:
        return _fixed(_LEFT + (at - low) / ((high - low) or 1) * (_WIDTH - _LEFT - _RIGHT))

    def y(fen: int | Fraction) -> str:
        return _fixed(_FLOOR - Fraction(fen) / most * (_FLOOR - _TOP))

    yield f'<text class="t" x="{_LEFT}" y="26">{escape(title)}</text>'
    for first, last in curve.bands:
        left, right = (Fraction(x(min(number(one), high))) for one in (first, last))
        yield f'<rect class="b" x="{_fixed(left)}" y="{_TOP}" width="{_fixed(right - left)}" height="{_FLOOR - _TOP}"/>'
    yield f'<path class="a" fill="none" d="M{_LEFT} {_TOP}V{_FLOOR}H{_WIDTH - _RIGHT}"/>'
    for part in range(5):
        fen, at = int(most * part / 4), low + (high - low) * part / 4
        yield f'<text x="{_LEFT - 8}" y="{y(fen)}" dy="4" text-anchor="end">{escape(amount(fen))}</text>'
        yield f'<text x="{x(at)}" y="{_FLOOR + 20}" text-anchor="middle">{escape(value(at))}</text>'
    for one in curve.segments:
        points = [(x(number(at)), y(fen)) for at, fen in ((one.first, one.payable_first), (one.last, one.payable_last))]
        yield f'<path class="c" d="M{" ".join(points[0])}L{" ".join(points[1])}"/>'
    after = Fraction(0)
    for place, (cliff, said) in enumerate(zip(curve.cliffs, labels, strict=True), 1):
        below, above = (number(one) for one in (cliff.last_before, cliff.first_after))
        owner = number(cliff.at)
        yield f'<path class="j" d="M{x(owner)} {y(cliff.payable_before)}V{y(cliff.payable_after)}"/>'
        for at, fen in ((below, cliff.payable_before), (above, cliff.payable_after)):
            yield f'<circle class="{"f" if at == owner else "o"}" cx="{x(at)}" cy="{y(fen)}" r="4"/>'
        after = max(Fraction(x(owner)), after + 12)  # numbers of cliffs side by side stand beside each other
        yield f'<text class="l" x="{_fixed(after)}" y="{_TOP - 6}" text-anchor="middle">{place}</text>'
        for line, words in enumerate((f"{place}. {said[0]}", said[1])):
            down = _FLOOR + 30 + _LINE * (2 * place + line - 1)
            yield f'<text class="{"k" if line else "l"}" x="{_LEFT}" y="{down}">{escape(words)}</text>'
    if curve.now is not None and low <= number(curve.now) <= high:
        yield f'<path class="n" d="M{x(number(curve.now))} {_TOP}V{_FLOOR}"/>'


def _fixed(value: Fraction | int) -> str:
    """A place in the picture with one decimal."""
    tenths = round(value * 10)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"
