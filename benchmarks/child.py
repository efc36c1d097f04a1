"""A process that is measured: `python -m benchmarks.child ours|echo|row|worker|plain|imports`.

Every line on its standard input is answered by one line of JSON with what the process has used so far.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import threading
import time
from pathlib import Path

from benchmarks.figures import MEBIBYTE

STATUS = Path("/proc/self/status")


def usage() -> dict[str, float]:
    """Processor seconds of all threads, resident memory now and at its highest, in MiB."""
    if STATUS.exists():
        fields = dict(line.split(":", 1) for line in STATUS.read_text(encoding="utf-8").splitlines())
        resident, peak = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    else:
        # Elsewhere only the highest is told, on macOS in bytes.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MEBIBYTE if sys.platform == "darwin" else 1024)
        resident = peak
    return {"cpu": time.process_time(), "resident": resident, "peak": peak}


def _tell() -> None:
    while os.read(0, 1):
        os.write(1, json.dumps(usage()).encode() + b"\n")


def main(kind: str) -> int:
    """Be the bot of this kind; settings are in the environment, as always."""
    if kind == "imports":
        _import_bare()
    threading.Thread(target=_tell, daemon=True).start()
    if kind == "ours":
        from bot.__main__ import main as bot

        return bot(["run"])
    if kind == "worker":
        from bot.__main__ import main as bot

        return bot(["worker"])
    if kind == "plain":
        from benchmarks.plain_loop import main as plain

        plain(1, int(os.environ["PEOPLE"]))
    if kind == "imports":
        threading.Event().wait()
    from benchmarks.bare_bots import run_bare

    database = Path(os.environ["LINTAS_DATA"]) / "bare.sqlite3" if kind == "row" else None
    asyncio.run(run_bare(os.environ["TELEGRAM_API_URL"], os.environ["BOT_TOKEN"], database))
    return 0


def _import_bare() -> None:
    import aiogram
    import aiosqlite
    import sqlalchemy.ext.asyncio

    for module in (aiogram, aiosqlite, sqlalchemy):
        assert module.__name__ in sys.modules


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
