"""The benchmark: ratios measured within one run, no timed tests. `make bench`, or `python -m tests.bench NAME…`."""
