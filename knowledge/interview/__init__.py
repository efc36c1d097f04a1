"""Which fact to ask next: a pure replay over the answers, by rules that know what is still open."""

from knowledge.interview.interview import Goal, Interview, Phase, Position

__all__ = ["Goal", "Interview", "Phase", "Position"]
