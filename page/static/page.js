// What a reader can do on the page. Text of others arrives as HTML that the server's templates
// escaped, or is set as text; nothing here builds markup from it.
import { clearAbout, deeds, download, put, restore } from "./conversation.js";
import { labelEntry, removeEntry } from "./library.js";
import { ofArticle as notes, openNotes, pin } from "./notes.js";
import { $, address, article, body, button, language, notice, recall, remember, say, sentences, showPane, wide } from "./shared.js";
import { offerBookmark } from "./bookmark.js";
import { fold, showBench, wish } from "./bench.js";
import { lines, post } from "./stream.js";
import { markCharacters } from "./text.js";

let filled = Promise.resolve();

// --- panes and tabs ---------------------------------------------------------------------

const tabs = [...document.querySelectorAll("[role=tab]")];

async function showTab(tab, { focus = false } = {}) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    $(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) tab.focus();
  const panel = $(tab.getAttribute("aria-controls"));
  const name = panel.dataset.panel;
  history.replaceState(history.state, "", name === "article" ? location.pathname + location.search : `#${name}`);
  if (panel.dataset.filled) return;
  panel.dataset.filled = "yes";
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address(name));
    panel.innerHTML = await answer.text();
    if (!answer.ok) delete panel.dataset.filled;
    if (name === "thread") showBench();
  } catch {
    panel.textContent = sentences.error_lost;
    delete panel.dataset.filled;
  }
  panel.removeAttribute("aria-busy");
}

for (const tab of tabs) tab.addEventListener("click", () => showTab(tab));
document.querySelector(".tabs")?.addEventListener("keydown", (event) => {
  const here = tabs.indexOf(document.activeElement);
  const moves = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 };
  if (here < 0 || !(event.key in moves)) return;
  event.preventDefault();
  showTab(tabs[(moves[event.key] + tabs.length) % tabs.length], { focus: true });
});
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => showPane(button.dataset.show));
}

// --- the comments that did not come with the page ----------------------------------------

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

async function fillComments() {
  const rows = $("comment-rows");
  if (!rows) return;
  while (Number(rows.dataset.shown) < Number(rows.dataset.all)) {
    const from = Number(rows.dataset.shown);
    const answer = await fetch(address(`comments?first=${from}`));
    if (!answer.ok) return;
    const before = rows.childElementCount;
    rows.insertAdjacentHTML("beforeend", await answer.text());
    for (const batch of [...rows.children].slice(before)) {
      rows.dataset.shown = Number(rows.dataset.shown) + batch.childElementCount;
    }
    if (Number(rows.dataset.shown) === from) return;
    await pause(30);
  }
}

// Reading comes first: who says what is sought once the comments stand.
async function learn() {
  if ($("opening").dataset.ready === "yes") return;
  const slow = setTimeout(() => notice(sentences.stage_indexing), 700);
  const answer = await fetch(address("opening"));
  clearTimeout(slow);
  if ($("notice").textContent === sentences.stage_indexing) notice("");
  if (answer.ok) $("opening").innerHTML = await answer.text();
  $("opening").dataset.ready = "yes";
  if ($("bench-rows")?.dataset.stances === "no") wish();
}

// --- from a citation to the words -------------------------------------------------------

// On a phone the words take the answer's place: a button and the browser's own Back lead there again.
let leftAt = null;

function leave(from) {
  if (wide.matches || body.dataset.pane !== "conversation") return;
  leftAt = from;
  history.pushState({ reading: true }, "");
  $("back").hidden = false;
}

function comeBack() {
  $("back").hidden = true;
  showPane("conversation");
  leftAt?.scrollIntoView({ block: "center", behavior: "instant" });
  leftAt?.focus({ preventScroll: true });
}
addEventListener("popstate", () => { if (!$("back").hidden) comeBack(); });
$("back").addEventListener("click", () => history.back());

async function goTo(start, end, other, from) {
  if (other && other !== article) {
    location.assign(`./?article=${encodeURIComponent(other)}#at=${start}-${end}`);
    return;
  }
  hideCard();
  if (from) leave(from);
  showPane("reading");
  await showTab($("tab-article"));
  await filled;
  markCharacters(Number(start), Number(end));
}

async function goToLabel(label) {
  await filled;
  const passage = $(label);
  if (passage) goTo(passage.dataset.start, passage.dataset.end);
  else if ($(`comment-${label.slice(1)}`)) {
    showPane("reading");
    showTab($("tab-article"));
    $(`comment-${label.slice(1)}`).scrollIntoView({ block: "center" });
  }
}

function showCard(chip) {
  $("card-quote").textContent = chip.dataset.quote;
  $("card-who").textContent = chip.dataset.who;
  showGloss(chip);
  const card = $("card");
  card.classList.toggle("reader", chip.classList.contains("reader"));
  card.hidden = false;
  const at = chip.getBoundingClientRect();
  const size = card.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 16), innerWidth - size.width - 8);
  const above = at.top - size.height - 8;
  card.style.left = `${left}px`;
  card.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}

// Words of another language than the page's are told by the local model, where one is chosen.
const glosses = new Map();

async function showGloss(chip) {
  const { article: of, start, end } = chip.dataset, engine = $("engine").value, key = [engine, of, start, end].join();
  $("card-gloss").hidden = true;
  if (engine === $("engine").options[0].value || $("panel-article").querySelector("article")?.lang === language) return;
  if (!glosses.has(key)) {
    await pause(400);
    if ($("card").hidden || $("card-quote").textContent !== chip.dataset.quote) return;
    const answer = await post("gloss", { article: of, start, end, engine });
    if (answer.ok) glosses.set(key, (await answer.json()).gloss);
  }
  if ($("card-quote").textContent !== chip.dataset.quote || !glosses.get(key)) return;
  $("card-gloss").textContent = glosses.get(key);
  $("card-gloss").hidden = false;
}

function hideCard() { $("card").hidden = true; }

for (const [name, act] of Object.entries({ mouseover: showCard, focusin: showCard, mouseout: hideCard, focusout: hideCard })) {
  document.addEventListener(name, (event) => {
    const chip = event.target.closest?.(".chip");
    if (chip) act(chip);
  });
}
document.addEventListener("scroll", hideCard, { capture: true, passive: true });

// --- asking about a passage -------------------------------------------------------------

function short(text) {
  const words = text.replace(/\s+/g, " ").trim().replace(/["«»“”]/g, "").trim();
  return words.length > 160 ? `${words.slice(0, words.lastIndexOf(" ", 160))}…` : words;
}

async function noteOn(place) {
  const id = pin(place);
  clearAbout();
  showPane("reading");
  await showTab($("tab-notes"));
  document.querySelector(`[data-note="${id}"] textarea`).focus();
}

function askAbout(words, { number, passage } = {}) {
  const keys = number ? ["about_comment", "about_replies", "about_disputed"]
    : ["about_disputed", "about_readers", "about_who"];
  $("about-words").textContent = short(words);
  $("about-questions").replaceChildren(...keys.map((name) => {
    const question = say(name, { quote: short(words), number });
    const made = button(question, () => { clearAbout(); put(question); });
    made.className = "example";
    return made;
  }));
  if (passage) {
    const { start, end } = passage.dataset;
    const place = { quote: passage.textContent, start: Number(start), end: Number(end) };
    const made = button(sentences.note, () => noteOn(place));
    made.className = "example";
    $("about-questions").append(made);
  }
  $("about").hidden = false;
  showPane("conversation");
  $("about-questions").firstElementChild.focus();
}

$("about-close").addEventListener("click", clearAbout);

// --- clicks, delegated: parts of the page come and go -----------------------------------

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("svg a")) event.preventDefault();
  let hit;
  if ((hit = at(".chip"))) goTo(hit.dataset.start, hit.dataset.end, hit.dataset.article, hit);
  else if ((hit = at("[data-do=note]"))) noteOn({ question: hit.closest(".turn").dataset.question });
  else if ((hit = at("[data-do]"))) deeds[hit.dataset.do](hit.closest(".turn"), hit);
  else if ((hit = at("[data-export]"))) download(hit.dataset.export, notes().map(({ quote, ...note }) => note));
  else if ((hit = at(".example"))) { if (!hit.closest("#about")) put(hit.dataset.question ?? hit.textContent); }
  else if ((hit = at("[data-bench]"))) openBench(hit.dataset.bench, hit);
  else if ((hit = at("[data-fold]"))) fold(hit.dataset.fold);
  else if ((hit = at(".ask-claim"))) askAbout(hit.dataset.words);
  else if ((hit = at(".ask-mark"))) askAboutLabel(hit.dataset.about, hit.dataset.comment);
  else if ((hit = at(".into, path.edge, a.voice"))) goTo(hit.dataset.start, hit.dataset.end);
  else if ((hit = at("a.claim"))) showContest(hit.dataset.contest);
  else if ((hit = at(".into-comment, .comment-dot"))) goToLabel(hit.dataset.label);
  else if ((hit = at("[data-remove]"))) removeEntry(hit.closest("li"));
  else if ((hit = at("[data-rename]"))) labelEntry(hit.closest("li"));
  else if ((hit = at("[data-filter]"))) filter(hit);
  else if ((hit = at("[data-close]"))) hit.closest("dialog").close();
  else if ((hit = at(".passage")) && getSelection().isCollapsed && hit.closest(".panel")) {
    askAboutLabel(hit.id, hit.closest(".comment")?.id.slice("comment-".length));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { hideCard(); clearAbout(); }
});

function askAboutLabel(label, number) {
  const passage = $(label);
  if (passage) askAbout(passage.textContent, { number, passage });
}

async function openBench(query, from) {
  if (from?.closest(".turn")) leave(from);
  showPane("reading");
  await showTab($("tab-thread"));
  wish(Object.fromEntries(new URLSearchParams(query)));
}

function showContest(number) {
  const contest = $(`contest-${number}`);
  for (let row = contest; row; row = row.parentElement.closest("details")) row.open = true;
  contest.scrollIntoView({ block: "start", behavior: "smooth" });
  contest.focus({ preventScroll: true });
}

function filter(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  const panel = button.closest(".panel");
  panel.classList.toggle(`without-${button.dataset.filter}`, !on);
  for (const voice of panel.querySelectorAll(".voice")) {
    const shown = [...voice.querySelectorAll("li")].filter(
      (line) => !panel.classList.contains(`without-${line.dataset.manner}`));
    voice.hidden = shown.length === 0;
    voice.querySelector(".voice-count").textContent = shown.length;
  }
}

// --- bringing an article ----------------------------------------------------------------

function stage(message, { isTrouble = true } = {}) {
  $("bring-stage").textContent = message;
  $("bring-stage").classList.toggle("trouble", isTrouble);
  $("bring-progress").hidden = isTrouble;
}

async function bring(kind, content, name = "") {
  if (content.size > 20e6) { stage(sentences.error_size); return; }
  if (!$("bring").open) $("bring").showModal();
  stage(sentences.stage_reading, { isTrouble: false });
  try {
    const headers = { "content-type": "application/octet-stream", "x-kind": kind, "x-name": encodeURIComponent(name) };
    const answer = await fetch("articles", { method: "POST", headers, body: content });
    if (answer.ok) location.assign(`./?article=${encodeURIComponent((await answer.json()).article)}`);
    else stage(answer.status === 413 ? sentences.error_size : (await answer.text()) || sentences.error_lost);
  } catch { stage(sentences.error_lost); }
}

$("open-bring").addEventListener("click", () => $("bring").showModal());
$("bring-file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) bring("file", file, file.name);
});
$("bring-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("bring-text").value, address = $("bring-address").value.trim();
  if (text.trim()) bring("text", new Blob([text]));
  else if (address) bring("address", new Blob([address]));
  else stage(sentences.error_empty);
});
const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  $("drop").hidden = false;
});
addEventListener("dragleave", (event) => { if (!event.relatedTarget) $("drop").hidden = true; });
addEventListener("drop", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  $("drop").hidden = true;
  const [file] = event.dataTransfer.files;
  if (file) bring("file", file, file.name);
});

// --- who writes the answers --------------------------------------------------------------

async function showEngines() {
  const answer = await fetch("engines");
  if (!answer.ok) return;
  $("engines").innerHTML = await answer.text();
  const chosen = recall("engine");
  if ([...$("engine").options].some((option) => option.value === chosen)) $("engine").value = chosen;
  readAhead();
}
// A model reads the page while the reader does: the first question need not wait for that.
function readAhead() { post(address("ahead"), { engine: $("engine").value }); }
$("engines").addEventListener("change", () => {
  remember("engine", $("engine").value);
  readAhead();
});
$("engines").addEventListener("click", async (event) => {
  if (event.target.id !== "pull") return;
  event.target.disabled = true;
  try {
    for await (const line of lines(await post("engines/pull", {}))) {
      const step = JSON.parse(line);
      if (step.message) notice(step.message);
    }
  } catch { notice(sentences.error_lost); }
  await showEngines();
});

// --- light, dark, and what the address asks for -----------------------------------------

$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme === "dark"
    || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  remember("theme", root.dataset.theme);
});
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

// Gradio fetches its page for programs when its button opens it; the address alone marks it as
// open and shows nothing, so the button is pressed to close it first.
const showPrograms = () => document.querySelector("button.show-api")?.click();
$("programs").addEventListener("click", showPrograms);
if (new URLSearchParams(location.search).get("view") === "api") {
  showPrograms();
  setTimeout(showPrograms);
}

offerBookmark($("assistant").dataset.token, bring);
body.dataset.ready = "yes";
filled = fillComments().catch(() => {}).then(() => { body.dataset.whole = "yes"; });
filled.then(openNotes).then(learn).then(showEngines).catch(() => {});
await restore();
const opened = /^#(speakers|disputes|thread|compare|notes)(?:\?(.*))?$/.exec(location.hash);
if (opened?.[2]) openBench(opened[2]);
else if (opened) showTab($(`tab-${opened[1]}`));
const place = /^#at=(\d+)-(\d+)$/.exec(location.hash);
if (place) goTo(place[1], place[2]);
if (/^#comment-[\d.]+$/.test(location.hash)) goToLabel(`C${location.hash.slice("#comment-".length)}`);
// A link may come from anywhere: its question stands in the box, the reader sends it.
if (new URLSearchParams(location.search).has("q") && wide.matches) $("question").focus();
