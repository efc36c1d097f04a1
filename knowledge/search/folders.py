"""Where the files of the search are."""

from pathlib import Path
from typing import Final

_HOME: Final = Path(__file__).parent
DATA: Final = _HOME / "data"
"""What people write: examples of what to refuse, small talk, labelled questions, categories."""
MODEL: Final = _HOME / "model"
"""What `tune` and `train` make."""
