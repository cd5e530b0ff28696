import subprocess
import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


for _ in range(5):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
raise RuntimeError("and then it fails")
