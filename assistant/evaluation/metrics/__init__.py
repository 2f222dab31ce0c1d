"""Deterministic figures of one answer, and their means with intervals over many."""
