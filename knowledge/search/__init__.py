"""Free questions in Indonesian or English: the topic that answers them, or an honest no."""
