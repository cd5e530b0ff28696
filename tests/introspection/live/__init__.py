"""Functions that are imported: each edge of Python that the introspector knows."""
