"""Names of files made of names of clients: they lead nowhere else, and no two are one on any disk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taxcalc.base.file_names import FileNames, safe


@given(st.lists(st.text(max_size=90), max_size=12))
def test_names_are_safe_and_distinct_on_any_disk(texts: list[str]) -> None:
    names = FileNames("index")
    given_names = [f"{names.unused(text, '2026Q2')}.html" for text in texts]
    assert len({name.casefold() for name in [*given_names, "index.html"]}) == len(texts) + 1
    for name in given_names:
        assert not set(name) & set('/\\:*?"<>|=+@$`;&%\0\n')
        assert name[0] not in "-."
        assert len(name.encode()) < 255


def test_names_say_what_they_are_of() -> None:
    names = FileNames("index")
    told = {
        "../x": "x-2026",
        "=1+1": "1_1-2026",
        '<b>&"': "b-2026",
        "A/b": "A_b-2026",
        "a\\B": "a_B-2026-2",
        "古浪（甲）": "古浪（甲）-2026",
    }
    assert {text: names.unused(text, "2026") for text in told} == told
    assert safe("古" * 60) == "古" * 60
    assert safe("con") == "con_"
    assert safe("") == "_"
