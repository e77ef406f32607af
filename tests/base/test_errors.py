"""The catalogue of errors: every message is provoked by an example, in both languages, and docs/errors.md says so."""

from __future__ import annotations

import pytest

from errors.provoke import EXAMPLES, provoke
from errors.write_catalogue import PAGE, page
from taxcalc.base.messages import MESSAGES
from taxcalc.base.problem import Lang

_HOW = """

    [{key}]
    run = "assess --year 2023 …"       what provokes it, after `taxcalc`
    exit = 2

in tests/errors/examples.toml (its head says what else an example can have), then `make docs`.
If nothing can provoke it, remove it from taxcalc/base/messages/."""


def test_every_message_has_an_example() -> None:
    missing = [key for key in MESSAGES if key not in EXAMPLES]
    assert not missing, f"no example of: {', '.join(missing)}. Add" + _HOW.format(key=missing[0])


def test_every_example_has_its_message() -> None:
    gone = [key for key in EXAMPLES if key not in MESSAGES]
    assert not gone, f"tests/errors/examples.toml has examples of messages that are gone; remove: {', '.join(gone)}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", [key for key in EXAMPLES if key in MESSAGES])
def test_an_example_provokes_its_message(key: str, lang: Lang) -> None:
    said = provoke(key, lang)
    assert "Traceback" not in said.text
    assert said.sentence(key, lang), f"{key} is not said, but:\n{said.text}"
    assert said.code == EXAMPLES[key].get("exit", said.code)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/errors.md is stale: run `make docs`"
