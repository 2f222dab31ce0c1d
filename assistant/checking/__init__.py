"""Is this sentence carried by what it cites? Is this quotation real?

Every answer passes here before it is shown: `check` those in the page's own words,
`check_reply` what a model wrote.
"""

from assistant.checking.checked import CheckedReply, CheckedSentence
from assistant.checking.draft import Checked, check
from assistant.checking.judge import Judge, ReaderJudge, nearness
from assistant.checking.model_judge import ModelJudge
from assistant.checking.reply import check_reply

__all__ = [
    "Checked",
    "CheckedReply",
    "CheckedSentence",
    "Judge",
    "ModelJudge",
    "ReaderJudge",
    "check",
    "check_reply",
    "nearness",
]
