"""What must hold of the knowledge: proofs over every class of answers, the best order of questions, coverage."""
