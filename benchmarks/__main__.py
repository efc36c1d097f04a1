"""`python -m benchmarks [NAME …]`: measures and prints one table each. Figures are no tests: the exit code is 0."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from benchmarks.figures import Figure, print_table

NAMES = {
    "knowledge": "assess, next question, and the command line of the knowledge",
    "cpu": "processor time per update of a whole conversation, against bare bots",
    "startup": "from the start of the process to the first answer",
    "outbound": "an announcement to many: rate, 429, memory and the cost of the ledger, against a plain loop",
    "memory": "resident memory after a conversation and under a backlog",
    "answers": "free questions: speed, when they are ready, memory, and what a burst of them costs others",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What we measure.")
    known = "; ".join(f"{name}: {what}" for name, what in NAMES.items())
    parser.add_argument("names", metavar="NAME", nargs="*", choices=[[], *NAMES], help=f"{known} (default: all)")
    for name in parser.parse_args(arguments).names or NAMES:
        measure: Callable[[], Iterable[Figure]] = import_module(f"benchmarks.{name}").measure
        print_table(name, list(measure()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
