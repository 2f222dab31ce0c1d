"""The kinds of questions: one row each.

A new kind of question is one row here, one function of `assistant.extractive` that answers it,
and its words under its name in `[asks]` of the files of `assistant.locale`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Recognised = Literal["words", "record", "otherwise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A kind of question: how it is recognised, who answers it, and what an answer may rest on.

    Attributes:
        name: What it is called, in questions, prompts and the locale files.
        answered_by: Module and function of `assistant.extractive`: "thread.comment_count".
        recognised: `words` by how it is asked, `record` by what it names on the page alone (a
            number of a comment, an author), `otherwise` where no other kind fits.
        model_writes: Whether a model may write: not where it is counted, looked up, or who said
            what, which a model could only get wrong.
        model_decides: Whether a model may write where our own words say neither yes nor no, and
            no quotation is asked about.
        of_a_whole: Whether only the whole page answers, no single sentence.
        is_list: Whether the answer is a list, of who contests what, that stays whole behind what a
            model writes.
        topic: Whether its own words ("summary", "disputed") may be what it is about.
        of_somebody: Whether a name on the page says whose words are wanted, not a topic.
        rests_on_claims: Whether who contests the claims of the answer is told with it.
        of_record: Whether the page or its thread as such is asked about: it is looked up.
        gives_way: Whether it is often taken for another: a sentence that surely answers is told
            instead where its own answer does not quote that.
        instead: The kind that is tried where this one finds nothing.
    """

    name: str
    answered_by: str
    recognised: Recognised = "words"
    model_writes: bool = False
    model_decides: bool = False
    of_a_whole: bool = False
    is_list: bool = False
    topic: bool = False
    of_somebody: bool = False
    rests_on_claims: bool = False
    of_record: bool = False
    gives_way: bool = False
    instead: str | None = None


# By words the order decides: the first kind whose words fit is the kind of the question.
INTENTS: Sequence[Intent] = (
    Intent(name="greeting", answered_by="overview.greeting", gives_way=True),
    Intent(name="request", answered_by="overview.request", gives_way=True),
    Intent(name="metadata", answered_by="record.metadata", of_record=True),
    Intent(
        name="comment_list",
        answered_by="listing.comment_list",
        of_record=True,
        gives_way=True,
    ),
    Intent(name="comment_count", answered_by="thread.comment_count", of_record=True, topic=True),
    Intent(name="comment_deleted", answered_by="thread.comment_deleted", of_record=True),
    Intent(name="comment_first", answered_by="thread.comment_first", of_record=True),
    Intent(name="comment_last", answered_by="thread.comment_last", of_record=True),
    Intent(name="comment_worst", answered_by="thread.comment_worst", of_record=True),
    Intent(name="comment_best", answered_by="thread.comment_best", of_record=True),
    Intent(
        name="comment_replies",
        answered_by="replies.comment_replies",
        of_somebody=True,
        instead="factual",
    ),
    Intent(name="comment_shown", answered_by="thread.comment_shown"),
    Intent(
        name="comment_by",
        answered_by="thread.comment_by",
        of_somebody=True,
        instead="said_what",
    ),
    Intent(name="most_quoted", answered_by="quotations.most_quoted"),
    Intent(
        name="compare",
        model_writes=True,
        of_a_whole=True,
        answered_by="compare.compare",
        instead="factual",
    ),
    Intent(
        name="arguments",
        model_writes=True,
        of_a_whole=True,
        answered_by="arguments.arguments",
        instead="factual",
        gives_way=True,
    ),
    Intent(name="quotations", answered_by="quotations.quotations", of_somebody=True),
    Intent(
        name="did_say",
        model_decides=True,
        answered_by="did_say.did_say",
        topic=True,
        of_somebody=True,
        instead="yes_no",
    ),
    Intent(
        name="accusation",
        answered_by="accusation.accusation",
        topic=True,
        of_somebody=True,
        instead="factual",
        gives_way=True,
    ),
    Intent(
        name="stance",
        model_writes=True,
        of_a_whole=True,
        answered_by="stance.stance",
        instead="factual",
    ),
    Intent(
        name="readers_summary",
        model_writes=True,
        of_a_whole=True,
        answered_by="overview.readers_summary",
    ),
    Intent(name="supported", answered_by="contest.supported", of_somebody=True, instead="stance"),
    Intent(
        name="disputed",
        model_writes=True,
        is_list=True,
        answered_by="contest.disputed",
        instead="factual",
    ),
    Intent(
        name="summary",
        model_writes=True,
        of_a_whole=True,
        answered_by="overview.summary",
        rests_on_claims=True,
    ),
    Intent(
        name="who_said",
        answered_by="speech.who_said",
        topic=True,
        rests_on_claims=True,
        instead="factual",
    ),
    Intent(
        name="said_what",
        answered_by="speech.said_what",
        topic=True,
        of_somebody=True,
        rests_on_claims=True,
        instead="factual",
    ),
    Intent(
        name="yes_no",
        model_writes=True,
        answered_by="facts.yes_no",
        topic=True,
        rests_on_claims=True,
    ),
    Intent(
        name="told_about",
        answered_by="overview.told_about",
        recognised="record",
        instead="factual",
        topic=True,
    ),
    Intent(
        name="disputed_briefly",
        answered_by="contest.disputed_briefly",
        recognised="record",
    ),
    Intent(
        name="factual",
        model_writes=True,
        answered_by="facts.factual",
        recognised="otherwise",
        topic=True,
        rests_on_claims=True,
    ),
)
BY_NAME: dict[str, Intent] = {intent.name: intent for intent in INTENTS}
OTHERWISE = "factual"

# Of the comments of a thread, the one at an end of some order.
ENDS_OF_THREAD = ("comment_best", "comment_worst", "comment_first", "comment_last")
