"""Batch Q&A evaluation: cases, and whether an answer is right."""
