"""The metrics of answers, and their means with intervals over many."""
