"""Real functions: the public ones of the standard library and of packages that people use. `python -m tests.corpus`."""
