"""The language that rules are written in: nodes, words, lines, and the firm and the law as a rule sees them."""
