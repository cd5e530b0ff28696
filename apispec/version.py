"""The one place that states apispec's version."""

__version__ = "0.1.0"
