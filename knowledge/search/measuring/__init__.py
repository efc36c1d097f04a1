"""How well questions are answered, beside plain ways of finding a topic."""
