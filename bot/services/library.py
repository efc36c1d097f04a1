"""The sources: which clause says it, and in which document."""

from __future__ import annotations

from bot.errors import NoSuchClause
from knowledge import Knowledge
from knowledge.loading.schema import Clause, Source


class Library:
    """Looks up clauses."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def clause(self, clause_id: str) -> Clause:
        """The clause.

        Raises:
            NoSuchClause: the knowledge has none with this id (any more).
        """
        try:
            return self._knowledge.clauses[clause_id]
        except KeyError:
            raise NoSuchClause from None

    def document(self, clause_id: str) -> Source:
        """The document in which the clause stands.

        Raises:
            NoSuchClause: as `clause`.
        """
        self.clause(clause_id)
        return self._knowledge.document(clause_id)
