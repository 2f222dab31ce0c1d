"""Who said what: every statement of an article and its thread, with its speaker."""

from index.language.names import TITLES
from index.language.negation import is_denial, is_denied
from index.statements.finding import find_statements
from index.statements.matching import SpeakerCount, is_called, speaker_matches, speakers
from index.statements.people import NamedPerson, named_people
from index.statements.quotation_check import QuotationCheck, Verdict, check_quotation
from index.statements.statement import Manner, Reason, Speaker, Statement

__all__ = [
    "TITLES",
    "Manner",
    "NamedPerson",
    "QuotationCheck",
    "Reason",
    "Speaker",
    "SpeakerCount",
    "Statement",
    "Verdict",
    "check_quotation",
    "find_statements",
    "is_called",
    "is_denial",
    "is_denied",
    "named_people",
    "speaker_matches",
    "speakers",
]
