// Questions and answers: asked, stopped, asked again, edited, kept in the reader's own browser.
import { $, article, body, box, button, copy, language, notice, sentences, showPane, version, wide } from "./shared.js";
import { ask, post } from "./stream.js";
import { Talks } from "./talks.js";

const talks = new Talks(article, version);
let busy = null;
let editing = null;

const told = (error) =>
  error.busy ? sentences.error_busy : error instanceof TypeError ? sentences.error_lost : sentences.error_question;
const key = () => talks.current()?.key ?? null;
const turns = () => [...document.querySelectorAll("#answers > .turn")];

// --- conversations ----------------------------------------------------------------------

function showTalks() {
  const list = talks.ofArticle();
  $("talks").hidden = list.length === 0;
  $("talk-name").textContent = talks.current()?.name || sentences.talk_untitled;
  $("talk-list").replaceChildren(...list.map(talkRow));
}

function talkRow(entry) {
  const row = document.createElement("li");
  const name = button(entry.name || sentences.talk_untitled, () => openTalk(entry.id));
  name.className = "talk-open";
  if (entry.id === talks.id) name.setAttribute("aria-current", "true");
  const rename = button(sentences.talk_rename, () => {
    const written = box(sentences.talk_rename, entry.name, 120);
    const done = () => { talks.change({ name: written.value.trim() }, entry.id); showTalks(); };
    written.addEventListener("change", done);
    written.addEventListener("blur", done);
    name.replaceWith(written);
    written.select();
  });
  const remove = button(sentences.talk_delete, () => {
    const wasOpen = entry.id === talks.id;
    const back = talks.remove(entry.id);
    if (wasOpen) show("");
    showTalks();
    notice(entry.name, () => { back(); if (wasOpen) openTalk(entry.id); else showTalks(); });
  });
  row.append(name, rename, remove);
  return row;
}

async function openTalk(id) {
  if (busy) return;
  $("talks").querySelector("details").open = false;
  talks.choose(id);
  show("");
  await restore();
}

$("talk-new").addEventListener("click", () => {
  if (busy) return;
  talks.choose(null);
  show("");
  showTalks();
  $("question").focus();
});

async function begin() {
  const begun = await (await post("conversation", {})).json();
  if (talks.current()) talks.change({ key: begun.key });
  else talks.begin(begun.key);
  return begun.key;
}

function show(html) {
  $("answers").innerHTML = html;
  markBegun();
  $("turns").scrollTop = $("turns").scrollHeight;
}

function noteTurns() {
  talks.note(turns().map(({ dataset }) => ({ question: dataset.question, engine: dataset.engine })));
  showTalks();
}

export async function restore() {
  showTalks();
  await talks.meet([]);
  showTalks();
  const entry = talks.current();
  if (!entry) return;
  if (entry.version === version) {
    const answer = await post("conversation/turns", { key: entry.key });
    if (answer.ok) { show(await answer.text()); return; }
  } else notice(sentences.talk_changed);
  // The assistant was started again, or the article is another: every question is asked anew.
  const { turns: asked } = entry;
  await begin();
  for (const { question, engine } of asked) await put(question, { engine, isReplay: true });
  noteTurns();
}

// --- one question -----------------------------------------------------------------------

function markBegun() { body.classList.toggle("begun", $("answers").childElementCount > 0); }

function draftTurn(question, instead) {
  const turn = document.createElement("article");
  turn.className = "turn writing";
  turn.dataset.question = question;
  const asked = document.createElement("h3");
  asked.className = "asked";
  asked.textContent = question;
  const answer = document.createElement("div");
  answer.className = "answer draft";
  answer.textContent = sentences.loading;
  turn.append(asked, answer);
  if (instead) instead.before(turn);
  else $("answers").append(turn);
  markBegun();
  turn.scrollIntoView({ block: "start" });
  return turn;
}

function setBusy(controller) {
  busy = controller;
  $("send").hidden = Boolean(controller);
  $("stop").hidden = !controller;
}

export async function put(question, { engine = $("engine").value, instead, isReplay } = {}) {
  question = question.trim();
  if (!question || busy) return;
  const controller = new AbortController();
  setBusy(controller);
  showPane("conversation");
  const turn = draftTurn(question, instead);
  turn.dataset.engine = engine;
  if (instead) instead.hidden = true;
  try {
    const own = key() ?? await begin();
    const values = [own, question, article, engine, language, Number(instead?.dataset.turn ?? 0)];
    for await (const step of ask("converse", values, controller.signal)) await take(step, turn, { instead, isReplay });
  } catch (error) {
    if (error.name === "AbortError") stopped(turn);
    else fail(turn, told(error));
  }
  if (instead) instead.hidden = false;
  setBusy(null);
  if (!isReplay) noteTurns();
}

async function take(step, turn, { instead, isReplay }) {
  if (step.waiting) turn.querySelector(".answer").textContent = step.waiting;
  if (step.draft === "" && !turn.dataset.drafted) turn.querySelector(".answer").textContent = sentences.loading;
  if (step.draft) {
    turn.querySelector(".answer").textContent = step.draft;
    turn.dataset.drafted = "yes";
  }
  if (step.error) fail(turn, step.error);
  if (step.stopped) stopped(turn);
  if (step.turn) {
    turn.insertAdjacentHTML("afterend", step.turn);
    if (wide.matches && !isReplay) turn.nextElementSibling.querySelector("[data-opens]")?.click();
    turn.remove();
    instead?.remove();
    if (instead?.dataset.turn) notice("", () => change("undo"));
  }
}

function retryButton() {
  const again = button(sentences.retry);
  again.dataset.do = "retry";
  return again;
}

function fail(turn, sentence) {
  turn.classList.remove("writing");
  turn.classList.add("failed");
  const answer = turn.querySelector(".answer");
  answer.className = "answer trouble";
  answer.replaceChildren(sentence, " ", retryButton());
}

// What was written stays, marked as what it is: not checked, so not an answer.
function stopped(turn) {
  if (!turn.dataset.drafted) { fail(turn, sentences.stopped); return; }
  turn.classList.remove("writing");
  turn.classList.add("stopped");
  const note = document.createElement("p");
  note.className = "warning";
  note.append(sentences.unchecked, " ", retryButton());
  turn.append(note);
}

async function change(action, turn) {
  const answer = await post(`conversation/${action}`, { key: key(), turn: turn?.dataset.turn });
  if (!answer.ok) { notice(await answer.text()); return; }
  const place = $("turns").scrollTop;
  show(await answer.text());
  $("turns").scrollTop = place;
  noteTurns();
}

// --- the box ----------------------------------------------------------------------------

export function clearAbout() { $("about").hidden = true; }

function endEditing() {
  editing?.classList.remove("editing");
  editing = null;
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = $("question").value, instead = editing ?? undefined;
  $("question").value = "";
  clearAbout();
  endEditing();
  put(question, { instead });
});
$("stop").addEventListener("click", () => {
  if (key()) post("conversation/stop", { key: key() });
  busy?.abort();
});
$("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("ask").requestSubmit();
  } else if (event.key === "ArrowUp" && !$("question").value) {
    const last = turns().at(-1);
    if (last) { event.preventDefault(); fillBox(last.dataset.question); }
  } else if (event.key === "Escape" && editing) {
    endEditing();
    fillBox("");
  }
});

$("to-sources").addEventListener("click", () => turns().at(-1)?.querySelector(".chip")?.focus());

function fillBox(text) {
  $("question").value = text;
  $("question").focus();
}

// --- one question to two articles ---------------------------------------------------------

$("compare")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { question, other } = event.target.elements, place = $("compared");
  place.textContent = sentences.loading;
  try {
    const values = [question.value, article, other.value, $("engine").value, language];
    for await (const step of ask("beside", values)) {
      if (step.beside) place.innerHTML = step.beside;
      else place.textContent = step.error;
    }
  } catch (error) { place.textContent = told(error); }
});

// What was asked last is what one compares first.
$("tab-compare")?.addEventListener("click", () => {
  const { question } = $("compare").elements;
  question.value ||= turns().at(-1)?.dataset.question ?? "";
});

// --- what can be done with an answer ----------------------------------------------------

export async function download(kind, notes) {
  if (!key()) return;
  const answer = await post(`conversation/${kind}`, { key: key(), notes });
  if (!answer.ok) { notice(await answer.text()); return; }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `conversation.${{ markdown: "md", html: "html", proof: "proof.json" }[kind]}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  $("export").open = false;
}

function judge(turn, pressed, opinion) {
  const wanted = pressed.getAttribute("aria-pressed") === "true" ? null : opinion;
  for (const other of turn.querySelectorAll("[data-do=like], [data-do=dislike]")) {
    other.setAttribute("aria-pressed", String(other.dataset.do === wanted));
  }
  post("conversation/opinion", { key: key(), turn: turn.dataset.turn, opinion: wanted });
}

// The words of an answer with its markers set apart: "… euros » [¶ 1]", not "… euros »¶ 1".
function wordsOf(turn) {
  const answer = turn.querySelector(".answer").cloneNode(true);
  for (const chip of answer.querySelectorAll(".chip")) chip.textContent = ` [${chip.textContent}]`;
  return [...answer.querySelectorAll("h4, p")].map((part) => part.textContent.trim()).join("\n");
}

export const deeds = {
  retry: (turn) => put(turn.dataset.question, { instead: turn }),
  edit: (turn) => { endEditing(); editing = turn; turn.classList.add("editing"); fillBox(turn.dataset.question); },
  remove: async (turn) => { await change("remove", turn); notice("", () => change("undo")); },
  copy: (turn) => copy(wordsOf(turn), sentences.copied),
  link: (turn) => {
    const query = new URLSearchParams({ article, q: turn.dataset.question });
    copy(`${new URL("./", location)}?${query}`, sentences.link_copied);
  },
  like: (turn, pressed) => judge(turn, pressed, "like"),
  dislike: (turn, pressed) => judge(turn, pressed, "dislike"),
};
