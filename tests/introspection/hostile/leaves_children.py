import subprocess
import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


# One in the same group, one in a session of its own: neither may stay.
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
