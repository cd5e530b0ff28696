"""axe-core on every kind of page of six sites: `python -m tests.axe` (`make axe`)."""
