"""The assessment as JSON. The format is documented by taxcalc/schema/assessment.schema.json and kept stable."""

from __future__ import annotations

import json
from typing import Any

from taxcalc import __version__
from taxcalc.assessment import Assessment, Item, LevyResult, Total
from taxcalc.law import Version
from taxcalc.money import yuan
from taxcalc.period import OPEN
from taxcalc.problem import Lang, json_escaped
from taxcalc.report.view import View

_ITEM_AMOUNTS = ("before", "saving", "after", "worth")
"""Not known, so null, for a relief that waits for a fact: unknown is not zero."""


def as_json(assessment: Assessment, lang: Lang, *, explain: bool = False) -> str:
    """The document as text, ending in a newline; with `explain`, the computation line by line."""
    document = as_dict(assessment, lang)
    if explain:
        from taxcalc.report.explain import explanation

        document["explanation"] = [
            step._asdict() for step in explanation(assessment, View(assessment, lang, dated=True))
        ]
    return json_escaped(_laid_out(document)) + "\n"


def _laid_out(document: dict[str, Any]) -> str:
    """Two levels of lines, an entry a line below that: readable, and written by the fast encoder."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    parts = []
    for key, value in document.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"    {encode(name)}: {encode(item)}" for name, item in value.items())
            text = f"{{\n{inner}\n  }}"
        elif isinstance(value, list) and value:
            text = "[\n" + ",\n".join(f"    {encode(item)}" for item in value) + "\n  ]"
        else:
            text = encode(value)
        parts.append(f"  {encode(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"


def as_dict(assessment: Assessment, lang: Lang) -> dict[str, Any]:
    """The document as a dict: amounts are strings in yuan with two decimals, null where not known."""
    view = View(assessment, lang)
    facts = assessment.facts
    return {
        "schema": "taxcalc/assessment/1",
        "engine": __version__,
        "tables": assessment.model.book.sha256,
        "language": lang,
        "period": str(assessment.period),
        "filing": "monthly" if assessment.model.filing_months == 1 else "quarterly",
        "facts": {
            name: {"value": stated.slot.fact.written(stated.value), "source": stated.source}
            for name, stated in facts.stated.items()
        },
        "assumptions": [
            {"fact": a.fact, "how": a.how, "value": a.value or None, "text": view.assumption(a)}
            for a in assessment.assumptions
        ],
        "levies": {levy.id: _levy(view, levy) for levy in assessment.levies},
        "items": [_item(view, item) for item in assessment.items],
        "totals": {
            **{kind: _total(total) for kind, total in assessment.totals.items()},
            "taxes_and_fees": _total(assessment.saved),
        },
        "ceilings": {kind: yuan(amount) for kind, amount in assessment.ceilings.items() if amount},
        "corporate_income": _corporate_income(assessment),
        "warnings": [
            {"id": said.key, "severity": severity, "text": said.text(lang)} for severity, said in assessment.warnings
        ],
        "unknown": [
            {
                "fact": q.fact,
                "label": view.pick(q.label),
                "inputs": q.inputs,
                "blocks": q.blocks,
                "at_stake": _yuan(q.at_stake),
            }
            for q in assessment.questions
        ],
        "law": [_version(view, version) for version in assessment.law],
    }


def _levy(view: View, levy: LevyResult) -> dict[str, Any]:
    return {
        "label": view.pick(levy.label),
        "kind": levy.kind,
        "status": levy.status,
        "baseline": _yuan(levy.baseline),
        "saving": _yuan(levy.saving),
        "payable": _yuan(levy.payable),
        "balance": _yuan(levy.balance),
        "at_most": levy.at_most,
        "needs": levy.needs,
    }


def _item(view: View, item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": view.pick(item.label),
        "kind": item.kind,
        "measure": item.measure,
        "status": item.status,
        "base": _yuan(item.base),
        **{key: None if item.status == "needs_fact" else yuan(getattr(item, key)) for key in _ITEM_AMOUNTS},
        "by_levy": {id: yuan(amount) for id, amount in item.by_levy.items()},
        "conditions": [{"period": str(c.period), "text": view.condition(c), "met": c.met} for c in item.conditions],
        "needs": list(item.needs),
        "at_stake": _yuan(item.at_stake),
        "displaced_by": item.displaced_by,
        "at_most": item.at_most,
        "at_least": _yuan(item.least),
        "kept": view.kept(item) or None,
        "return_rows": [row._asdict() for row in view.rows(item.id)],
        "citations": [_version(view, version) for version in item.versions],
        "notice_until": item.notice_until.isoformat() if item.notice_until else None,
        "in_force_from": item.starts.isoformat() if item.starts else None,
        "ended": item.ended.isoformat() if item.ended else None,
    }


def _corporate_income(assessment: Assessment) -> dict[str, Any]:
    chosen = next((regime.id for regime in assessment.regimes if regime.chosen), None)
    return {
        "regime": chosen,
        "regimes": [{"id": r.id, "granted": r.granted, "tax": yuan(r.tax)} for r in assessment.regimes],
        "loss_carried_forward": _yuan(assessment.loss_carried_forward),
    }


def _version(view: View, version: Version) -> dict[str, Any]:
    return {
        "table": version.path,
        "from": version.start.isoformat(),
        "until": None if version.until == OPEN else version.until.isoformat(),
        "documents": [{"id": key, "name": view.document(key), "clause": clause} for key, clause in version.cites],
        "evidence": version.evidence,
        "clause_evidence": version.clause_evidence,
        "note": view.pick(version.note) if version.note else None,
    }


def _total(total: Total) -> dict[str, str]:
    return {"baseline": yuan(total.baseline), "saving": yuan(total.saving), "payable": yuan(total.payable)}


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)
