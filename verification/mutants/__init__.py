"""Changes to the code around the rules, thousands of them, and which of them the tests notice (`make mutants`)."""
