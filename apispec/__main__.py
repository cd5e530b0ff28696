"""`python -m apispec` is the command `apispec`."""

from apispec.cli import main

if __name__ == "__main__":
    main()
