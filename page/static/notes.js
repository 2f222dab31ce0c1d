// Pins and notes: on a passage or on an answer, taken away with the conversation.
import { put } from "./conversation.js";
import { $, article, button, notice, sentences, showPane, version } from "./shared.js";
import { Store } from "./store.js";
import { newId } from "./talks.js";

const notes = new Store("notes", 500);
const ofArticle = () => notes.list().filter((note) => note.article === article);
const turnOf = ({ question }) =>
  [...document.querySelectorAll("#answers > .turn[data-turn]")].findLast(({ dataset }) => dataset.question === question);

// What goes with a conversation: notes on passages, and those on the answers it holds.
export function notesToTake() {
  return ofArticle().map(({ start, end, text, question, version: of }) =>
    question ? { turn: turnOf({ question })?.dataset.turn, text } : { article, version: of, start, end, text });
}

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
  const box = document.createElement("textarea");
  box.value = note.text;
  box.maxLength = 10000;
  box.rows = 2;
  box.placeholder = sentences.note_hint;
  box.setAttribute("aria-label", sentences.note_hint);
  box.addEventListener("change", () => notes.put({ ...note, text: box.value }));
  const remove = button(sentences.talk_delete, () => {
    const back = notes.remove(note.id);
    showNotes();
    notice("", () => { back(); showNotes(); });
  });
  row.append(words, box, remove);
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
