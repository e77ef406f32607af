"""Break one rule, rate or comparison at a time in a copy of the project, and see that a named test fails.

    make breaks

Prints each break with the first test that caught it; exit code 1 if any survived.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BREAKS = [
    ("tables/vat.toml", 'monthly = "100_000 yuan"\nquarterly = "300_000 yuan"\nat_threshold = "exempt"\nreal_estate_sales_left_out = true\n\n[[vat.exemption.version]]\nfrom = 2024', 'monthly = "100_000 yuan"\nquarterly = "300_001 yuan"\nat_threshold = "exempt"\nreal_estate_sales_left_out = true\n\n[[vat.exemption.version]]\nfrom = 2024'),
    ("tables/vat.toml", 'at_threshold = "taxed"', 'at_threshold = "exempt"'),
    ("tables/vat.toml", "real_estate_sales_left_out = false", "real_estate_sales_left_out = true"),
    ("taxcalc/rules/vat_sales.py", "else sales <= limit", "else sales < limit"),
    ("taxcalc/rules/vat_sales.py", "if firm.period.months == 1 else law.vat.exemption.quarterly", "if firm.period.months == 3 else law.vat.exemption.quarterly"),
    ("taxcalc/rules/vat_small_scale.py", "return when(granted, then.vat.reduced_rate.rate, law.vat.levy.rate)", "return then.vat.reduced_rate.rate + when(granted, law.vat.levy.rate, law.vat.levy.rate) * 0"),
    ("taxcalc/facts/statement.py", "missing and not fact.negative and amount > own", "False"),
    ("taxcalc/facts/statement.py", "elif missing and some and fact.spread:", "elif False:"),
    ("taxcalc/facts/statement.py", "own, lacking, any_of_it = self._parts(fact, part)", "own, lacking, any_of_it = 0, [], False"),
    ("taxcalc/rules/vat_sales.py", "for month in months) - special", "for month in months)"),
    ("taxcalc/rules/vat_sales.py", "least(at_least_zero(late), at_least_zero(whole))", "at_least_zero(late)"),
    ("taxcalc/rules/vat_sales.py", "least(at_least_zero(late), at_least_zero(whole))", "least(late, at_least_zero(whole))"),
    ("taxcalc/rules/vat_sales.py", "    return rate_of_ordinary_sales(reduced_part(firm, law)[1])", "    return rate_of_ordinary_sales(law)"),
    ("taxcalc/rules/vat_small_scale.py", "total([reduced, *(round_fen(taxed(part, firm, law) * law.vat.levy.rate) for part in before)])", "total([reduced])"),
    ("taxcalc/rules/vat.py", "total([round_fen(reduced * rate), *(round_fen(s * law.vat.levy.rate) for s in before)])", "round_fen(sales * rate)"),
    ("taxcalc/rules/vat_sales.py", "round_fen(amount / (1 + rate)), amount)", "round_fen(amount * (1 - rate)), amount)"),
    ("taxcalc/rules/vat_sales.py", "law.vat.reduced_rate.rate if law.vat.reduced_rate.in_force else", "law.vat.levy.rate if law.vat.reduced_rate.in_force else"),
    ("taxcalc/rules/vat_sales.py", "        - firm.differential_deduction\n", ""),
    ("taxcalc/rules/vat_small_scale.py", "at_least_zero(net(firm, sales, rate))", "net(firm, sales, rate)"),
    ("taxcalc/rules/vat_small_scale.py", "at_least_zero(five_percent_sales(firm, law) - special)", "five_percent_sales(firm, law) - special"),
    ("taxcalc/rules/corporate_income.py", "any_of(all_of(by_share, ~by_amounts), all_of(~by_share, by_amounts))", "all_of(~by_share, by_amounts)"),
    ("taxcalc/rules/vat_small_scale.py", "round_fen(taxed * law.vat.levy.real_estate_sale_rate)", "round_fen(taxed * law.vat.levy.rate)"),
    ("taxcalc/rules/vat_small_scale.py", "+ special_invoice_sales(firm, law)\n\n\ndef _lowered_rate", "+ 0 * special_invoice_sales(firm, law)\n\n\ndef _lowered_rate"),
    ("taxcalc/rules/vat_general.py", "return at_least_zero(0 - balance(", "return at_least_zero(0 * balance("),
    ("taxcalc/rules/vat.py", "    return when(spared, 0, total([round_fen(reduced * rate)", "    return when(spared, round_fen(reduced * rate), total([round_fen(reduced * rate)"),
    ("tables/surcharges.toml", 'county = "5%"\nother = "1%"\n\n[education_surcharge]', 'county = "7%"\nother = "1%"\n\n[education_surcharge]'),
    ("tables/surcharges.toml", 'rate = "3%"', 'rate = "2%"'),
    ("taxcalc/rules/surcharges.py", "when(exempt(firm, law), 0, due)\n\n\n@line(\"地方教育附加（免征后）\"", "due + when(exempt(firm, law), 0, 0)\n\n\n@line(\"地方教育附加（免征后）\""),
    ("taxcalc/rules/surcharges.py", "sales <= limit, base", "sales < limit, base"),
    ("taxcalc/rules/six_taxes.py", "round_fen(when(granted, due * law.six_taxes.share, 0))", "due - round_fen(due - when(granted, due * law.six_taxes.share, 0))"),
    ("taxcalc/rules/six_taxes.py", "return due - when(STATED", "return due - 0 * when(STATED"),
    ("taxcalc/rules/six_taxes.py", "        who.append(is_individual_business(firm, law))", "        pass"),
    ("taxcalc/rules/who.py", "return all_of(is_enterprise(firm, law), firm.small_low_profit_status)", "return firm.small_low_profit_status"),
    ("taxcalc/rules/who.py", "when(sales <= law.vat.small_scale.ceiling", "when(sales < law.vat.small_scale.ceiling"),
    ("taxcalc/rules/small_taxes.py", "(1 - rates.value_deduction)", "(1 + rates.value_deduction)"),
    ("tables/small_taxes.toml", 'storage = "1‰"', 'storage = "0.3‰"'),
    ("taxcalc/rules/corporate_income.py", "taxable_income(firm, law) <= limits.income", "taxable_income(firm, law) < limits.income"),
    ("taxcalc/rules/corporate_income.py", "taxable_income(firm, law) <= limits.income", "firm.taxable_income <= limits.income"),
    ("taxcalc/rules/corporate_income.py", "firm.employees <= limits.employees", "firm.employees < limits.employees"),
    ("taxcalc/rules/corporate_income.py", "firm.assets <= limits.assets", "firm.assets <= limits.assets * 2"),
    ("taxcalc/rules/corporate_income.py", "        ~firm.restricted_industry,\n", ""),
    ("taxcalc/rules/corporate_income.py", "firm.encouraged_income_share >= least_share", "firm.encouraged_income_share > least_share"),
    ("taxcalc/rules/corporate_income.py", "        firm.western_region,\n", ""),
    ("taxcalc/rules/corporate_income.py", "return at_least_zero(income_after_rd(firm, law) - firm.loss_brought_forward)", "return at_least_zero(income_after_rd(firm, law))"),
    ("taxcalc/rules/corporate_income.py", "return at_least_zero(firm.loss_brought_forward - income_after_rd(firm, law))", "return at_least_zero(0 - income_after_rd(firm, law))"),
    ("taxcalc/rules/rd.py", "share / (1 - share)", "share"),
    ("taxcalc/rules/rd.py", "return least(counted, overseas_limit(firm, law))", "return counted + 0 * overseas_limit(firm, law)"),
    ("taxcalc/rules/rd.py", "        ~firm.negative_list_industry,\n", ""),
    ("taxcalc/rules/rd.py", "        firm.audited_collection,\n", ""),
    ("taxcalc/rules/rd.py", "at_least_zero(spend - firm.rd_special_income)", "at_least_zero(spend + 0 * firm.rd_special_income)"),
    ("taxcalc/rules/rd.py", "when(years <= n, round_fen(cost / n), share)", "when(years < n, round_fen(cost / n), share)"),
    ("tables/corporate_income.toml", 'listed_rate = "120%"', 'listed_rate = "100%"'),
    ("taxcalc/rules/individual_income.py", "return share_up(other_relief(firm, law), halved_income(firm, law), taxable_income(firm, law))", "return other_relief(firm, law)"),
    ("taxcalc/rules/individual_income.py", "return least(taxable_income(firm, law), law.iit.halving.limit)", "return taxable_income(firm, law)"),
    ("taxcalc/rules/individual_income.py", "tax = when(income <= up_to", "tax = when(income < up_to * 2"),
    ("tables/individual_income.toml", 'quick_deduction = "10_500 yuan"', 'quick_deduction = "10_550 yuan"'),
    ("taxcalc/engines/exact.py", "rounded = (2 * n + d) // (2 * d)", "rounded = (2 * n + d - 1) // (2 * d)"),
    ("taxcalc/facts/periods.py", "amount * (index + 1) // parts - amount * index // parts", "amount // parts"),
    ("taxcalc/facts/statement.py", "/ (2 * len(quarters))\n        whole", "/ len(quarters)\n        whole"),
    ("taxcalc/facts/statement.py", "if any(self._lacking(quarter) for quarter in quarters):", "if all(self._lacking(quarter) for quarter in quarters):"),
    ("taxcalc/facts/statement.py", "quarters[: max([least, *begun])]", "quarters[: max([least, *begun[:1]])]"),
    ("taxcalc/facts/statement.py", "else [piece.name]", "else [piece.name.rpartition(\"_\")[0]]"),
    ("taxcalc/facts/statement.py", "if stated.value and months_of", "if False and months_of"),
    ("taxcalc/facts/periods.py", "1 if scope.running else", "1 if True else"),
    ("taxcalc/facts/periods.py", "first = (scope.opening + 2) // 3", "first = 1"),
    ("taxcalc/facts/periods.py", "period.first + period.months > self.opening", "period.first + period.months > 0"),
    ("taxcalc/engines/exact.py", "and not holds(a.least, b):", "and holds(a.least, b):"),
    ("taxcalc/rules/measures.py", 'by < band["below"]', 'by <= band["below"]'),
    ("taxcalc/rules/measures.py", 'at_least_zero(rate - row["cap"])', '(rate - row["cap"])'),
    ("taxcalc/rules/vat_additional.py", "- firm.addon_reduction", "+ firm.addon_reduction"),
    ("taxcalc/rules/fees.py", "firm.staff_total <= law", "firm.staff_total < law"),
    ("taxcalc/rules/vehicle.py", "return least(amount, relief.limit)", "return amount + 0 * least(amount, relief.limit)"),
    ("taxcalc/rules/rd.py", "Fraction(max(last - 9, 0), last)", "Fraction(1, 4)"),
]  # fmt: skip
BATCH_BREAKS = [
    ("taxcalc/engines/lower.py", "b.div(b.add(b.mul(n, 2), a.d), 2 * a.d)", "b.div(b.mul(n, 2), 2 * a.d)"),
    ("taxcalc/engines/lower.py", "negative = b.sub(0, of_positive(b.sub(0, n)))", "negative = of_positive(b.sub(0, n))"),
    ("taxcalc/engines/lower.py", "b.when(b.either(self.is_false(p), self.is_false(q)), 0, needs)", "needs"),
    ("taxcalc/engines/lower.py", "return Flag(true, self.builder.when(true, 0, self.needs_of(p, q)))", "return Flag(true, self.needs_of(p, q))"),
    ("taxcalc/engines/lower.py", "needs = b.when(self.known(c), needs, b.when(agree, 0, c.needs))", "needs = b.when(self.known(c), needs, c.needs)"),
    ("taxcalc/engines/lower.py", "b.mul(doubled, d // (2 * size))", "b.mul(doubled, d // 8)"),
    ("taxcalc/engines/lower.py", "b.when(b.both(decided, self.known(other)), 0, needs)", "needs"),
    ("taxcalc/engines/lower.py", "wanted = True if number <= least else after", "wanted = True"),
    ("taxcalc/engines/lower.py", "b.when(begun, lacking, self._bit(piece.name))", "self._bit(piece.name)"),
    ("taxcalc/firms/outcome.py", "b.either(b.either(too_many, refused), opened_within(amounts.low, model))", "b.either(too_many, refused)"),
    ("taxcalc/firms/programs.py", "running=group[0].runs_on(plan.today)", "running=False"),
    ("taxcalc/engines/program.py", "if high(x) <= low(y):\n            return True\n        if low(x) > high(y)", "if low(x) <= low(y):\n            return True\n        if low(x) > high(y)"),
    ("taxcalc/engines/program.py", "return self._make(\"min\", min(low(x), low(y)), min(high(x), high(y)), x, y)", "return self._make(\"max\", min(low(x), low(y)), min(high(x), high(y)), x, y)"),
    ("taxcalc/engines/program.py", "c, x, y = c.args[0], y, x", "c = c.args[0]"),
    ("taxcalc/engines/lists.py", "[a if a <= b else b for", "[b if a <= b else a for"),
    ("taxcalc/engines/arrays.py", '"max": np.maximum', '"max": np.minimum'),
    ("taxcalc/engines/reach.py", "(then, value.true), (otherwise, low.is_false(value))", "(then, True), (otherwise, True)"),
    ("taxcalc/firms/sets.py", "refused = b.both(refused, self.granted.concerns(id))\n", ""),
    ("taxcalc/firms/contradictions.py", "found = b.either(found, low.there(name))", "found = b.either(found, False)"),
    ("taxcalc/firms/contradictions.py", "False if fact.negative else b.lt(whole, parts.amount)", "False"),
    ("taxcalc/firms/contradictions.py", "        there = b.either(low.there(way.names[0]), there)", "        there = low.there(way.names[0])"),
    ("taxcalc/firms/contradictions.py", "b.negate(b.eq(whole, parts.amount))", "b.eq(whole, parts.amount)"),
    ("taxcalc/firms/contradictions.py", "b.both(parts.some, b.negate(parts.every))", "b.negate(parts.some)"),
    ("taxcalc/firms/contradictions.py", "if part.months > 1 else Parts(0, False, False)", "if False else Parts(0, False, False)"),
    ("taxcalc/firms/read/fast.py", "values *= 1 - 2 * negative.astype(np.int64)", "pass"),
    ("taxcalc/firms/read/digits.py", "good = (digits > point) & (digits <= 15) & _is_digits(low)", "good = (digits > point) & (digits <= 15)"),
    ("taxcalc/firms/read/fast.py", "fine &= values <= highest", "pass"),
    ("taxcalc/firms/read/fast.py", "left |= np.not_equal(key, key[examples].take(codes))", "pass"),
    ("taxcalc/engines/arrays.py", "np.multiply(y, ~c)", "np.multiply(y, c)"),
    ("taxcalc/engines/arrays.py", "if np.array_equal(held.take(place), column):", "if True:"),
    ("taxcalc/firms/read/rows.py", "if not lowest <= value <= highest", "if False"),
    ("taxcalc/firms/read/careful.py", "if lines.end == first or width is None or len(cells) == width:", "if True:"),
    ("taxcalc/base/formula_guard.py", "[=+\\-@\\t\\r＝＋－＠]", "[=+\\-@\\t＝＋－＠]"),
    ("taxcalc/base/formula_guard.py", '"\'*[=', '"[='),
    ("taxcalc/base/atomic_file.py", "part.replace(target)", "target.write_bytes(part.read_bytes()[:99])"),
    ("taxcalc/firms/run.py", "yield waiting.popleft().result()\n            while", "yield waiting.pop().result()\n            while"),
    ("taxcalc/firms/run.py", "one._replace(row=one.row + row)", "one"),
    ("taxcalc/firms/outcome.py", "granted.b.when(granted.waits(id), BLANK, value)", "granted.b.when(False, BLANK, value)"),
    ("taxcalc/firms/amounts.py", "b.when(unknown, BLANK, self.known_sum(what, kinds))", "self.known_sum(what, kinds)"),
    ("taxcalc/firms/amounts.py", "expected: Truth = not signs", "expected: Truth = True"),
    ("taxcalc/firms/summary.py", "part = part[part != BLANK]", "part = part"),
    ("taxcalc/firms/summary.py", "amount = (int((part >> 32).sum()) << 32)", "amount = (int((part >> 32).sum()) << 31)"),
    ("taxcalc/firms/read/source.py", "self._decided = self.stated or not first.isascii()", "self._decided = True"),
]  # fmt: skip
TESTS = ["tests/test_cases.py", "tests/test_facts.py", "tests/test_quarters.py", "tests/test_engine.py"]
BATCH_TESTS = [
    "tests/test_arrays.py",
    "tests/test_lowering.py",
    "tests/test_batch_engines.py",
    "tests/test_batch.py",
    "tests/test_batch_unknown.py",
    "tests/test_quarters.py",
]


def main() -> int:
    """Try every break."""
    survived = 0
    every = [(*one, TESTS) for one in BREAKS] + [(*one, BATCH_TESTS) for one in BATCH_BREAKS]
    only = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    for number, (name, old, new, tests) in enumerate(every, 1):
        if number < only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for part in ("taxcalc", "tables", "tests", "examples", "pyproject.toml"):
                source = ROOT / part
                copy_one = shutil.copytree if source.is_dir() else shutil.copy
                copy_one(source, copy / part)
            file = copy / name
            text = file.read_text(encoding="utf-8")
            if text.count(old) < 1:
                print(f"{number:3} STALE     {name}: {old[:60]!r} is not there any more")
                survived += 1
                continue
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "--hypothesis-profile=find",
                *tests,
            ]
            done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env={"PYTHONPATH": folder})
        caught = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
        survived += done.returncode == 0
        verdict = f"caught by {caught[1]}" if caught else ("SURVIVED" if done.returncode == 0 else "caught at import")
        print(f"{number:3} {name}: {' '.join(new.split())[:60]!r} {verdict}", flush=True)
    print(f"{len(every)} breaks, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    raise SystemExit(main())
