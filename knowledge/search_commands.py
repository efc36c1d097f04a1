"""The commands about free questions: `ask`, `train`, `evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.pack import Knowledge
from knowledge.profile_input import UsageError

if TYPE_CHECKING:
    # It brings NumPy with it.
    from knowledge.search.embeddings.embedding import Embedder

Run = Callable[[Knowledge, argparse.Namespace], int]


def add_search_commands(commands: Any) -> None:
    """Adds the commands to the parser's sub-commands."""
    ask = commands.add_parser("ask", help="a question in, an answer out")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="default: standard input")
    ask.add_argument("--lang", choices=("id", "en", "auto"), default="auto")
    ask.add_argument("--type", metavar="TYPE", help="the asker's mobility type")
    ask.add_argument("--jsonl", action="store_true", help='lines {"id": …, "question": …, "lang"?: …} in, answers out')
    ask.set_defaults(run=_ask)
    train = commands.add_parser("train", help="builds the search index and learns its weights")
    train.add_argument("--weights", action="store_true", help="only the weights; the index stays as it is")
    train.set_defaults(run=_train)
    tune = commands.add_parser("tune", help="fits the embeddings to the phrasings (about an hour; needs torch)")
    tune.set_defaults(run=_tune)
    evaluate = commands.add_parser("evaluate", help="how well questions are answered")
    evaluate.add_argument("--part", choices=("dev", "test"), default="test")
    evaluate.add_argument("--chart", type=Path, metavar="FILE.png", help="precision against coverage, as a picture")
    evaluate.add_argument("--mistakes", action="store_true", help="every wrong answer, one a line")
    evaluate.set_defaults(run=_evaluate)


def _ask(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.search.answering.answerer import Answerer

    if options.type is not None and options.type not in knowledge.types:
        raise UsageError(f"--type: {options.type!r} is no mobility type; {', '.join(knowledge.types)} are accepted")
    answerer = Answerer(knowledge)

    def one(question: str, lang: Any) -> dict[str, Any]:
        return answerer.answer(question, lang=lang, known_type=options.type, today=options.today).as_dict()

    if options.jsonl:
        for line in _lines():
            _print(_answered(line, options.lang, one))
        return 0
    question = options.question if options.question is not None else sys.stdin.read().strip()
    if not question:
        raise UsageError("no question; write it behind `ask`, in quotes")
    _print(one(question, options.lang))
    return 0


def _lines() -> Iterator[str]:
    return (line for line in sys.stdin if line.strip())


def _answered(line: str, lang: str, one: Callable[[str, str], dict[str, Any]]) -> dict[str, Any]:
    """The answer to one line, with its id; a bad line gets an error and does not stop the rest."""
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"error": f"not JSON ({error}); write one object a line"}
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        return _with_id(asked, {"error": "question: missing or no text; write it as a string"})
    if asked.get("lang", lang) not in ("id", "en", "auto"):
        return _with_id(asked, {"error": f"lang: {asked['lang']!r} is unknown; id, en or auto is accepted"})
    return _with_id(asked, one(asked["question"], asked.get("lang", lang)))


def _with_id(asked: Any, result: dict[str, Any]) -> dict[str, Any]:
    return {"id": asked["id"], **result} if isinstance(asked, dict) and "id" in asked else result


def _train(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.search.embeddings.embedding import NEEDED, default_embedder
    from knowledge.search.outside import questions
    from knowledge.search.weighing.engine import open_search
    from knowledge.search.weighing.model import write_model
    from knowledge.search.weighing.training import train
    from knowledge.topics import topics

    embedder = default_embedder()
    if embedder is None:
        raise UsageError(f"train needs the packages {' and '.join(NEEDED)}; install them first")
    if not options.weights:
        _make_index(knowledge, embedder)
    write_model(train(open_search(knowledge, topics(), embedder), questions("dev"), topics()))
    _say("the weights are learned; evaluate with `python -m knowledge evaluate`")
    return 0


def _make_index(knowledge: Knowledge, embedder: Embedder) -> None:
    from knowledge.search.embeddings.vectors import NO_VECTORS
    from knowledge.search.indexing import index_file
    from knowledge.search.indexing.building import build
    from knowledge.search.indexing.material import default_material

    material = default_material(knowledge)
    kept = index_file.load()
    known = NO_VECTORS if kept is None or kept.meaning is None else kept.meaning.vectors
    index = build(material, material.vectors(embedder, known))
    index_file.save(index)
    _say(f"{len(material.examples)} examples of {len(index.labels)} labels")


def _tune(knowledge: Knowledge, _options: argparse.Namespace) -> int:
    from knowledge.search.indexing.material import default_material

    try:
        from knowledge.search.tuning.tuning import tune
    except ModuleNotFoundError as error:
        raise UsageError(f"tune needs {error.name}, which nothing else does; install it first") from error
    material = default_material(knowledge)
    tune(material.reader, material.examples, _say)
    _say("now run: python -m knowledge train")
    return 0


def _evaluate(knowledge: Knowledge, options: argparse.Namespace) -> int:
    from knowledge.search.answering.answerer import Answerer, default_ranker
    from knowledge.search.measuring.baselines import compared
    from knowledge.search.measuring.chart import precision_against_coverage
    from knowledge.search.measuring.evaluation import Evaluation, ask_all, curve, table
    from knowledge.search.outside import questions
    from knowledge.topics import topics

    ranker = default_ranker(knowledge, topics())
    asked = questions(options.part)
    evaluation = Evaluation(ask_all(Answerer(knowledge, ranker), asked))
    rows = [*evaluation.groups(), *compared(ranker, topics(), questions("dev"), asked)]
    _say(table(rows))
    _say(f"answered in the language of the question: {evaluation.language_recognised():.1%}")
    _say("confusions that hurt most:", *evaluation.confusions())
    if options.mistakes:
        _say("all mistakes:", *evaluation.mistakes())
    if options.chart is not None:
        points = curve(ask_all(Answerer(knowledge, ranker.answering_always()), asked))
        options.chart.write_bytes(precision_against_coverage(points))
    return 0


def _say(first: str, *lines: str) -> None:
    print("\n  ".join((first, *lines)), flush=True)


def _print(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    sys.stdout.flush()
