"""What a firm states: the catalogue of facts, the reading of values and files, a statement, its periods."""
