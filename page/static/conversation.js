// Questions and answers: asked, stopped, asked again, edited, kept in the reader's own browser.
import { $, article, body, box, button, copy, element, language, notice, sentences, showPane, version, wide } from "./shared.js";
import { Talks } from "./store.js";
import { ask, post } from "./stream.js";

const talks = new Talks();
let busy = null;
let editing = null;

const told = (error) =>
  error.busy ? sentences.error_busy : error instanceof TypeError ? sentences.error_lost : sentences.error_question;
export const turns = () => [...document.querySelectorAll("#answers > .turn")];
const key = () => talks.current()?.key;

// --- conversations ----------------------------------------------------------------------

function showTalks() {
  const list = talks.ofArticle();
  $("talks").hidden = list.length === 0;
  $("talk-name").textContent = talks.current()?.name || sentences.talk_untitled;
  $("talk-list").replaceChildren(...list.map(talkRow));
}

function talkRow(entry) {
  const name = button(entry.name || sentences.talk_untitled, () => openTalk(entry.id), "talk-open");
  if (entry.id === talks.id) name.ariaCurrent = "true";
  const rename = button(sentences.talk_rename, () => {
    const written = box(sentences.talk_rename, entry.name, 120);
    written.onchange = written.onblur = () => {
      talks.change({ name: written.value.trim() }, entry.id);
      showTalks();
    };
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
  return element("li", {}, name, rename, remove);
}

// Open a conversation; null is a new one.
async function openTalk(id) {
  if (busy) return;
  $("talks").querySelector("details").open = false;
  talks.choose(id);
  show("");
  await restore();
}

$("talk-new").addEventListener("click", () => {
  openTalk(null);
  $("question").focus();
});

async function begin() {
  const begun = await (await post("conversation", {})).json();
  talks.begin(begun.key);
}

function show(html) {
  $("answers").innerHTML = html;
  markBegun();
  $("turns").scrollTop = html && $("turns").scrollHeight;
}

// Take the questions over as the page shows them: one place decides their order.
function noteTurns() {
  const asked = turns().map(({ dataset: { question, engine } }) => ({ question, engine }));
  talks.change({ turns: asked, version });
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
  await begin();
  for (const { question, engine } of entry.turns) await put(question, { engine, isReplay: true });
  noteTurns();
}

// --- one question -----------------------------------------------------------------------

function markBegun() { body.classList.toggle("begun", $("answers").childElementCount > 0); }

function draftTurn(question, engine, instead) {
  const turn = element("article", { className: "turn writing" },
    element("h3", { className: "asked" }, question),
    element("div", { className: "answer draft" }, sentences.loading));
  Object.assign(turn.dataset, { question, engine });
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
  clearAbout();
  showPane("conversation");
  const turn = draftTurn(question, engine, instead);
  if (instead) instead.hidden = true;
  try {
    if (!key()) await begin();
    const values = [key(), question, article, engine, language, Number(instead?.dataset.turn ?? 0)];
    for await (const step of ask("converse", values, controller.signal)) {
      if (!step.turn) { take(step, turn); continue; }
      replace(turn, step.turn, { instead, isReplay });
      if (!isReplay) setBusy(null);  // the next question need not wait for the stream's end
    }
  } catch (error) {
    if (error.name === "AbortError") stopped(turn);
    else fail(turn, told(error));
  }
  if (instead) instead.hidden = false;
  if (busy === controller) setBusy(null);
  if (!isReplay) noteTurns();
}

function take({ waiting, draft, error, stopped: isStopped }, turn) {
  const answer = turn.querySelector(".answer");
  if (waiting) answer.textContent = waiting;
  if (draft === "" && !turn.dataset.drafted) answer.textContent = sentences.loading;
  if (draft) {
    answer.textContent = draft;
    turn.dataset.drafted = "yes";
  }
  if (error) fail(turn, error);
  if (isStopped) stopped(turn);
}

function replace(turn, html, { instead, isReplay }) {
  turn.insertAdjacentHTML("afterend", html);
  const answered = turn.nextElementSibling;
  turn.remove();
  instead?.remove();
  answered.scrollIntoView({ block: "start" });
  if (wide.matches && !isReplay) answered.querySelector("[data-opens]")?.click();
  if (instead?.dataset.turn) notice("", () => change("undo"));
}

function retryButton() {
  const again = button(sentences.retry);
  again.dataset.do = "retry";
  return again;
}

function fail(turn, sentence) {
  turn.classList.replace("writing", "failed");
  const answer = turn.querySelector(".answer");
  answer.className = "answer trouble";
  answer.replaceChildren(sentence, " ", retryButton());
}

// What was written stays, marked as what it is: not checked, so not an answer.
function stopped(turn) {
  if (!turn.dataset.drafted) { fail(turn, sentences.stopped); return; }
  turn.classList.replace("writing", "stopped");
  turn.append(element("p", { className: "warning" }, sentences.unchecked, " ", retryButton()));
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

function edit(turn) {
  editing?.classList.remove("editing");
  editing = turn;
  editing?.classList.add("editing");
  $("question").value = turn?.dataset.question ?? "";
  if (turn) $("question").focus();
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;  // what is written meanwhile stays in the box
  const question = $("question").value, instead = editing ?? undefined;
  edit(null);
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
    if (last) { event.preventDefault(); $("question").value = last.dataset.question; }
  } else if (event.key === "Escape" && editing) edit(null);
});

$("to-sources").addEventListener("click", () => turns().at(-1)?.querySelector(".chip")?.focus());

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
  const href = URL.createObjectURL(await answer.blob());
  const ending = { markdown: "md", html: "html", proof: "proof.json" }[kind];
  element("a", { href, download: `conversation.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
  $("export").open = false;
}

function judge(turn, pressed, opinion) {
  const wanted = pressed.ariaPressed === "true" ? null : opinion;
  for (const other of turn.querySelectorAll("[data-do=like], [data-do=dislike]")) {
    other.ariaPressed = String(other.dataset.do === wanted);
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
  edit,
  remove: async (turn) => { await change("remove", turn); notice("", () => change("undo")); },
  copy: (turn) => copy(wordsOf(turn), sentences.copied),
  link: (turn) => {
    const query = new URLSearchParams({ article, q: turn.dataset.question });
    copy(`${new URL("./", location)}?${query}`, sentences.link_copied);
  },
  like: (turn, pressed) => judge(turn, pressed, "like"),
  dislike: (turn, pressed) => judge(turn, pressed, "dislike"),
};
