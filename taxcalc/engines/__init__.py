"""Engines give values to graphs and know no tax: exact for one firm; lowered to a program and run for columns."""
