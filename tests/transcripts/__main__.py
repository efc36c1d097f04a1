"""Record the conversations anew, and refresh what README.md shows of them.

    python -m tests.transcripts [NAME …]        a name is like staff_inbound_national.en

Look at `git diff` afterwards: every change in it is one that people will see.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.source import ROOT
from tests.transcripts.excerpts import refreshed
from tests.transcripts.playing import play, transcripts


async def record(names: list[str]) -> None:
    """Play the scripts of these names, or all of them, and write down what is shown."""
    for transcript in transcripts():
        if not names or str(transcript) in names:
            with TemporaryDirectory() as folder:
                shown = await play(transcript, Path(folder))
            transcript.recording.write_text(shown, encoding="utf-8")
            print(transcript.recording.name)


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
    readme = ROOT / "README.md"
    readme.write_text(refreshed(readme.read_text(encoding="utf-8")), encoding="utf-8")
