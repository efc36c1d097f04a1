"""From probabilities to what the asker sees: an answer, suggestions, a fitting reply or an honest no."""
