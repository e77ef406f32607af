"""Questions about the law itself: a table's versions, what changed between two days, what is out of date.

Nothing here prints, and nothing is imported before `taxcalc law` is called.
"""
