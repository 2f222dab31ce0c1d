"""The answer with a model: it writes, from passages it is shown; what holds is kept."""

from assistant.generative.conversing import standalone
from assistant.generative.writing import warm, write

__all__ = ["standalone", "warm", "write"]
