"""Who said what: every statement of an article and its thread, with its speaker."""

from index.statements.finding import find_statements
from index.statements.statement import Manner, Speaker, Statement

__all__ = ["Manner", "Speaker", "Statement", "find_statements"]
