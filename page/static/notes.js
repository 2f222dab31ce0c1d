// Pins and notes: on a passage or on an answer, taken away with the conversation.
import { put } from "./conversation.js";
import { $, article, box, button, notice, sentences, showPane, version } from "./shared.js";
import { Store } from "./store.js";
import { newId } from "./talks.js";

const notes = new Store("notes", 500);
export const ofArticle = () => notes.list().filter((note) => note.article === article);
const turnOf = ({ question }) =>
  [...document.querySelectorAll("#answers > .turn[data-turn]")].findLast(({ dataset }) => dataset.question === question);

// Pin the words of a passage, or the answer of a turn; what is pinned is only looked up again.
export function pin(place) {
  const known = ofArticle().find((note) => (place.question ? note.question === place.question : note.start === place.start));
  const { id } = known ?? notes.put({ id: newId(), article, version, text: "", ...place });
  showNotes();
  return id;
}

function noteRow(note) {
  const row = document.createElement("li");
  row.dataset.note = note.id;
  const words = button(note.question || note.quote, note.question && (() => {
    const turn = turnOf(note);
    showPane("conversation");
    if (turn) turn.scrollIntoView({ block: "start" });
    else put(note.question);
  }));
  words.className = note.question ? "noted-turn" : "into";
  if (!note.question) Object.assign(words.dataset, { start: note.start, end: note.end });
  const text = box(sentences.note_hint, note.text, 10000, "textarea");
  text.addEventListener("change", () => notes.put({ ...note, text: text.value }));
  const remove = button(sentences.talk_delete, () => {
    const back = notes.remove(note.id);
    showNotes();
    notice("", () => { back(); showNotes(); });
  });
  row.append(words, text, remove);
  return row;
}

export function showNotes() {
  const shown = ofArticle();
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
