"""Bundles the project beside this file and gives it to openapi-python-client and datamodel-codegen: `make generators`.

Both stand in an environment of their own, whose folder is the argument. Fails where one of them refuses the document,
leaves an operation out, or makes code that cannot be imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).parent
_OPERATIONS = {"list_pets", "add_pet", "get_pet", "list_plants", "ids"}
_OLD = {"list_pets", "get_plants"}
"""Neither reads 2.0; `spec` makes 3.0 of it."""
_CLASSES = {"Pet", "Item", "AnimalsItem", "Status", "Error"}


def main() -> int:
    tools = Path(sys.argv[1]).absolute() / "bin"
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    for verb, root, operations in (("bundle", "openapi.yaml", _OPERATIONS), ("spec", "swagger.yaml", _OLD)):
        with tempfile.TemporaryDirectory() as folder:
            one = Path(folder, "one.json")
            subprocess.run([sys.executable, "-m", "apispec", verb, _HERE / "zoo" / root, "-o", one], check=True)
            client = Path(folder, "client")
            command = [tools / "openapi-python-client", "generate", "--path", one, "--meta", "none"]
            done = subprocess.run([*command, "--output-path", client], check=True, env=environment, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
            made = {path.stem for path in (client / "api").rglob("*.py")} - {"__init__"}
            assert "WARNING" not in done.stdout and made == operations, (done.stdout, made)
            imports = "; ".join(f"import client.api.default.{name}" for name in sorted(made))
            subprocess.run([tools / "python", "-c", imports], check=True, cwd=folder)
            models = Path(folder, "models.py")
            subprocess.run([tools / "datamodel-codegen", "--input", one, "--input-file-type", "openapi", "--output", models,
                        "--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin"], check=True)  # fmt: skip
            told = "import models; print(*vars(models))"
            done = subprocess.run(
                [tools / "python", "-c", told], check=True, cwd=folder, text=True, capture_output=True
            )
            assert set(done.stdout.split()) >= _CLASSES, done.stdout
    print("openapi-python-client and datamodel-codegen read what is bundled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
