"""What a person types, read as an answer: `3,4`, `12 Januari 2027`, `3 bulan`, `TOEFL 480`; nothing is guessed."""

from knowledge.answers.parsing import (
    UNKNOWN,
    InvalidAnswer,
    Refusal,
    names,
    parse_answer,
    read_answer,
    recognise,
    spell,
)

__all__ = ["UNKNOWN", "InvalidAnswer", "Refusal", "names", "parse_answer", "read_answer", "recognise", "spell"]
