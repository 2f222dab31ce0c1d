"""The page on which a person judges the answers of a run, with keys 1 to 6.

Question, answer and cited words stand beside each other, with what the case expects; nobody
sees what others, or the metrics, said before. Words of others enter escaped.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation.record import Record
from assistant.evaluation.review import (
    VERDICTS,
    Opinion,
    PersonsVerdict,
    add_opinion,
    read_opinions,
)
from index.offline import stay_offline
from page.rendering import render

if TYPE_CHECKING:
    import gradio

_KEYS = """
<script>
document.addEventListener("keydown", (event) => {
  if (/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
    if (event.key === "Escape" || event.key === "Enter") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const ids = {ArrowLeft: "back", w: "why"};
  const id = /^[1-6]$/.test(event.key) ? `verdict-${event.key}` : ids[event.key];
  const found = id && document.getElementById(id);
  if (!found) return;
  event.preventDefault();
  if (id === "why") found.querySelector("textarea").focus();
  else (found.querySelector("button") || found).click();
});
</script>
"""


def build_review(run: Path, records: Sequence[Record], *, by: str) -> "gradio.Blocks":
    """Return the page for the records of a run; what this person has judged is passed over.

    Args:
        run: The folder of the run, which takes the verdicts.
        records: The answers, in the order in which they are judged.
        by: The name under which the verdicts are kept.
    """
    import gradio as gr

    done = read_opinions(run).get(by, {})
    open_ones = [number for number, r in enumerate(records) if r.position not in done]
    first = open_ones[0] if open_ones else len(records)

    def shown(number: int) -> tuple[int, str, str]:
        record = records[number] if number < len(records) else None
        before = read_opinions(run).get(by, {}).get(record.position) if record else None
        view = render(
            "review.html", record=record, number=number, total=len(records), before=before
        )
        return number, view, before.why if before else ""

    def judged(number: int, why: str, verdict: PersonsVerdict) -> tuple[int, str, str]:
        if number < len(records):
            record = records[number]
            add_opinion(
                run,
                Opinion(
                    position=record.position,
                    case=record.case.id,
                    by=by,
                    verdict=verdict,
                    why=why.strip(),
                ),
            )
        return shown(min(number + 1, len(records)))

    blocks: Any = gr.Blocks(analytics_enabled=False, title=f"Review of {run.name}")
    with blocks:
        number = gr.State(first)
        view = gr.HTML()
        why = gr.Textbox(
            label="Why, in a word, before the verdict (key w; Enter to leave)", elem_id="why"
        )
        with gr.Row():
            back = gr.Button("← back", elem_id="back")
            buttons = [
                gr.Button(f"{key} {verdict.replace('_', ' ')}", elem_id=f"verdict-{key}")
                for key, verdict in enumerate(VERDICTS, start=1)
            ]
        panes = [number, view, why]
        for button, verdict in zip(buttons, VERDICTS, strict=True):
            button.click(
                lambda at, word, verdict=verdict: judged(at, word, verdict),
                [number, why],
                panes,
                api_visibility="private",
            )
        back.click(lambda at: shown(max(at - 1, 0)), [number], panes, api_visibility="private")
        blocks.load(lambda: shown(first), None, panes, api_visibility="private")
    return blocks  # type: ignore[no-any-return]


def review(run: Path, records: Sequence[Record], *, by: str) -> None:
    """Serve the page on this machine until it is interrupted."""
    stay_offline()
    blocks = build_review(run, records, by=by)
    blocks.launch(server_name="127.0.0.1", share=False, inbrowser=True, head=_KEYS, quiet=False)
