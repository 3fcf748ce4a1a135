"""The card's modules are sound, by the same linter as those of live figures."""

import subprocess
import sys
from pathlib import Path

from regcourse.cards._still import JS

ROOT = Path(__file__).parents[2]


def test_a_linter_finds_nothing_in_the_card_s_modules():
    linter = Path(sys.executable).parent / "oxlint"
    command = [linter, "--config", ROOT / ".oxlintrc.json", "--format", "unix", JS]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
