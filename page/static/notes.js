// Pins and notes: on a passage or on an answer, taken away with the conversation.
import { put, turns } from "./conversation.js";
import { $, article, box, button, element, newId, notice, sentences, showPane, version } from "./shared.js";
import { Store } from "./store.js";

const notes = new Store("notes", 500);
export const ofArticle = () => notes.ofArticle();

// Pin the words of a passage, or the answer of a turn; what is pinned is only looked up again.
export function pin(place) {
  const known = notes.ofArticle().find((note) => (place.question ? note.question === place.question : note.start === place.start));
  const { id } = known ?? notes.put({ id: newId(), article, version, text: "", ...place });
  showNotes();
  return id;
}

function backToTurn(question) {
  const turn = turns().findLast(({ dataset }) => dataset.turn && dataset.question === question);
  showPane("conversation");
  if (turn) turn.scrollIntoView({ block: "start" });
  else put(question);
}

function noteRow(note) {
  const words = note.question
    ? button(note.question, () => backToTurn(note.question), "noted-turn")
    : button(note.quote, null, "into");
  if (!note.question) Object.assign(words.dataset, { start: note.start, end: note.end });
  const text = box(sentences.note_hint, note.text, 10000, "textarea");
  text.onchange = () => notes.put({ ...note, text: text.value });
  const remove = button(sentences.talk_delete, () => {
    const back = notes.remove(note.id);
    showNotes();
    notice("", () => { back(); showNotes(); });
  });
  const row = element("li", {}, words, text, remove);
  row.dataset.note = note.id;
  return row;
}

export function showNotes() {
  const shown = notes.ofArticle();
  $("note-list").replaceChildren(...shown.map(noteRow));
  $("notes-none").hidden = shown.length > 0;
  for (const passage of document.querySelectorAll(".panel .passage")) {
    const { start, end } = passage.dataset;
    passage.classList.toggle("noted", shown.some((note) => !note.question && note.start < end && note.end > start));
  }
}

export async function openNotes() {
  showNotes();
  await notes.meet([]);
  showNotes();
}
