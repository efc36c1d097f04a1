"""`python -m knowledge …`: the command line of the contract. No network, no database, no token."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from typing import Any, NoReturn

from knowledge import InvalidFact, Knowledge, KnowledgeError, PackError, assess, load
from knowledge.profile_input import UsageError, parse, parse_line, read_lines, read_text
from knowledge.search_commands import add_search_commands

Object = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0 done, 1 something does not hold, 2 bad input."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        code: int = options.run(load(), options)
        return code
    except (InvalidFact, KnowledgeError, PackError, UsageError) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough (… | head)
        sys.stderr.close()
        return 0


def _assess(knowledge: Knowledge, options: argparse.Namespace) -> int:
    def one(profile: Any) -> Object:
        return assess(knowledge, profile, lang=options.lang, today=options.today).as_dict()

    return _answer(options, one)


def _interview(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.interview import Interview
    from knowledge.interview.rehearsal import rehearse

    interview = Interview(knowledge)

    def one(profile: Any) -> Object:
        asked, assessment = rehearse(interview, profile, lang=options.lang, today=options.today)
        return {"asked": asked, "assessment": assessment.as_dict()}

    return _answer(options, one)


def _verify(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.proving.proof import prove

    report = prove(knowledge, today=options.today)
    print(report.as_text())
    return 0 if report.holds else 1


def _order(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.interview import Goal, Interview
    from knowledge.interview.answer_classes import keys_settled_by
    from knowledge.proving.best_order import BestOrder

    interview, rules = Interview(knowledge), knowledge.rules(options.today)
    print("# The order of asking for each mobility type, made by `python -m knowledge order`; do not edit by hand.")
    for mobility_type in knowledge.types:
        course = interview.course(rules, mobility_type, Goal.ALL)
        keys = frozenset().union(*(slot.keys for slot in course.start.slots)) - {"role"}
        asked = [fact for fact in course.facts if not keys.isdisjoint(keys_settled_by(fact))]
        order = BestOrder(course).good_order(asked)
        print(f"{mobility_type}: [{', '.join(order)}]")
    return 0


def _coverage(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.proving.coverage import coverage
    from knowledge.search.phrasings import phrasings

    # A topic that nobody can ask for covers nothing.
    phrasings()
    uses = coverage(knowledge)
    lacking = [use.clause.id for use in uses if use.lacks]
    if options.json:
        clauses = [
            {
                "id": use.clause.id,
                "kind": use.clause.kind,
                "answers": use.clause.answers,
                "cited_by": list(use.cited_by),
            }
            for use in uses
        ]
        _print({"clauses": clauses, "lacking": lacking})
    else:
        for use in uses:
            mark = "✗" if use.lacks else "✓" if use.cited_by else "·"
            print(f"{mark} {use.clause.id}  {', '.join(use.cited_by) or '-'}")
        cited = sum(bool(use.cited_by) for use in uses)
        asked = [use for use in uses if use.clause.answers]
        answered = sum(bool(use.topics) for use in asked)
        by_topics = f"{answered} of the {len(asked)} that people may ask for by a topic"
        print(f"{cited} of {len(uses)} clauses are cited, {by_topics}; {len(lacking)} lack an item.")
    for use in uses:
        if use.lack is not None:
            print(f"{use.clause.id}: {use.lack}", file=sys.stderr)
    return 1 if lacking else 0


def _answer(options: argparse.Namespace, one: Callable[[Any], Object]) -> int:
    """Answers one profile, or with --jsonl one a line, where a bad line is answered on its own line."""
    if not options.jsonl:
        _print(one(parse(read_text(options.facts))))
        return 0
    for line in read_lines(options.facts):
        try:
            _print(one(parse_line(line)))
        except (InvalidFact, UsageError) as error:
            _print({"error": str(error)})
    return 0


def _print(content: Object) -> None:
    print(json.dumps(content, ensure_ascii=False), flush=True)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{written!r} is no date; write YYYY-MM-DD") from error


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; --help shows what is accepted\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m knowledge", description="The rules of the procedure, without the bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, what in (
        ("assess", _assess, "a profile in, an assessment out"),
        ("interview", _interview, "answers the interview from a profile"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument(
            "--facts", metavar="FILE|-", default="-", help="a JSON object of facts (default: standard input)"
        )
        command.add_argument("--lang", choices=("id", "en"), default="id")
        command.add_argument("--jsonl", action="store_true", help="one profile a line in, one result a line out")
        command.set_defaults(run=run)
    verify = commands.add_parser("verify", help="checks and proves the knowledge")
    verify.set_defaults(run=_verify)
    order = commands.add_parser("order", help="finds the order of asking that needs the fewest questions")
    order.set_defaults(run=_order)
    covered = commands.add_parser("coverage", help="what cites each clause")
    covered.add_argument("--json", action="store_true")
    covered.set_defaults(run=_coverage)
    add_search_commands(commands)
    for command in commands.choices.values():
        command.add_argument(
            "--today", type=_day, default=date.today(), metavar="DATE", help="the day to count from (default: today)"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
