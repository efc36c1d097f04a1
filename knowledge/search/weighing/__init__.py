"""Turns the evidence into probabilities, and learns how much each signal counts."""
