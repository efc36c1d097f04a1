"""What Lintas knows: the rules of the procedure, as data, and the engine that applies them.

Pure: no Telegram, no database, no clock, no network. The day is always a parameter.
"""

from knowledge.assessment import assess
from knowledge.items import AssessedItem, Assessment
from knowledge.loading.loader import load, load_packs
from knowledge.loading.yaml_reader import PackError
from knowledge.pack import Knowledge, KnowledgeError
from knowledge.vocabulary import FactSpec, InvalidFact

__all__ = [
    "AssessedItem",
    "Assessment",
    "FactSpec",
    "InvalidFact",
    "Knowledge",
    "KnowledgeError",
    "PackError",
    "assess",
    "load",
    "load_packs",
]
