"""What is due, what each relief saves and why: the rules built into a graph, evaluated and read."""
