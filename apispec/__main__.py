"""`python -m apispec` is the command `apispec`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path and Path(sys.path[0]).resolve() == Path.cwd():
        del sys.path[0]  # `python -m` puts the current folder first, whose modules are the target's and not ours
    from apispec.cli import main

    main()
