"""The answer with a model: it writes, from passages it is shown; what holds is kept."""

from assistant.generative.conversing import standalone
from assistant.generative.glossing import gloss
from assistant.generative.writing import warm, write

__all__ = ["gloss", "standalone", "warm", "write"]
