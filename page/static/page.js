// What a reader can do on the page. Text of others arrives as HTML that the server's templates
// escaped, or is set as text; nothing here builds markup from it.
import { fold, showBench, wish } from "./bench.js";
import { offerBookmark } from "./bookmark.js";
import { clearAbout, deeds, download, put, restore } from "./conversation.js";
import { labelEntry, removeEntry } from "./library.js";
import { ofArticle as notes, openNotes, pin } from "./notes.js";
import { $, address, article, body, button, language, notice, recall, remember, say, sentences, showPane, wide } from "./shared.js";
import { ask, post } from "./stream.js";
import { markCharacters } from "./text.js";

let filled = Promise.resolve();

// --- panes and tabs ---------------------------------------------------------------------

const tabs = [...document.querySelectorAll("[role=tab]")];

async function showTab(tab, { focus = false } = {}) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.ariaSelected = String(chosen);
    other.tabIndex = chosen ? 0 : -1;
    $(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) tab.focus();
  const panel = $(tab.getAttribute("aria-controls"));
  const name = panel.dataset.panel;
  history.replaceState(history.state, "", name === "article" ? location.pathname + location.search : `#${name}`);
  if (panel.dataset.filled) return;
  panel.dataset.filled = "yes";
  panel.ariaBusy = "true";
  try {
    const answer = await fetch(address(name));
    panel.innerHTML = await answer.text();
    if (!answer.ok) delete panel.dataset.filled;
    if (name === "thread") showBench();
  } catch {
    panel.textContent = sentences.error_lost;
    delete panel.dataset.filled;
  }
  panel.ariaBusy = null;
}

for (const tab of tabs) tab.addEventListener("click", () => showTab(tab));
document.querySelector(".tabs")?.addEventListener("keydown", (event) => {
  const here = tabs.indexOf(document.activeElement);
  const moves = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 };
  if (here < 0 || !(event.key in moves)) return;
  event.preventDefault();
  showTab(tabs[(moves[event.key] + tabs.length) % tabs.length], { focus: true });
});

// --- the comments that did not come with the page ----------------------------------------

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

async function fillComments() {
  const rows = $("comment-rows");
  if (!rows) return;
  const there = rows.getElementsByClassName("comment");  // grows as they come
  while (there.length < Number(rows.dataset.all)) {
    const answer = await fetch(address(`comments?first=${there.length}`));
    const more = await answer.text();
    if (!answer.ok || !more.trim()) return;
    rows.insertAdjacentHTML("beforeend", more);
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

async function goTo({ article: other = article, start, end }, from) {
  if (other !== article) {
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
  const passage = $(label), comment = $(`comment-${label.slice(1)}`);
  if (passage) { goTo(passage.dataset); return; }
  showPane("reading");
  showTab($("tab-article"));
  comment?.scrollIntoView({ block: "center" });
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

// The first words of a passage in one line, without quotation marks: a question sets its own.
function short(text) {
  const words = text.replace(/["«»“”„]/g, "").replace(/\s+/g, " ").replace(/ (?=[,.])/g, "").trim();
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
  const offered = keys.map((name) => button(say(name, { quote: short(words), number }), null, "example"));
  if (passage) {
    const { start, end } = passage.dataset;
    const place = { quote: passage.textContent, start: Number(start), end: Number(end) };
    offered.push(button(sentences.note, () => noteOn(place)));
  }
  $("about-words").textContent = short(words);
  $("about-questions").replaceChildren(...offered);
  $("about").hidden = false;
  showPane("conversation");
  offered[0].focus();
}

function askAboutLabel(label, number) {
  const passage = $(label);
  if (passage) askAbout(passage.textContent, { number, passage });
}

$("about-close").addEventListener("click", clearAbout);

// --- clicks: parts of the page come and go, so the document listens ----------------------

// What a click on a part does; of several parts that hold the place, the first named here counts.
const clicks = {
  "[data-start]:not(.passage)": (hit) => goTo(hit.dataset, hit),
  "[data-do=note]": (hit) => noteOn({ question: hit.closest(".turn").dataset.question }),
  "[data-do]": (hit) => deeds[hit.dataset.do](hit.closest(".turn"), hit),
  "[data-export]": (hit) => download(hit.dataset.export, notes().map(({ quote, ...note }) => note)),
  ".example": (hit) => put(hit.dataset.question ?? hit.textContent),
  "[data-bench]": (hit) => openBench(hit.dataset.bench, hit),
  "[data-fold]": (hit) => fold(hit.dataset.fold),
  "[data-words]": (hit) => askAbout(hit.dataset.words),
  "[data-about]": (hit) => askAboutLabel(hit.dataset.about, hit.dataset.comment),
  "[data-contest]": (hit) => showContest(hit.dataset.contest),
  "[data-label]": (hit) => goToLabel(hit.dataset.label),
  "[data-remove]": (hit) => removeEntry(hit.closest("li")),
  "[data-rename]": (hit) => labelEntry(hit.closest("li")),
  "[data-filter]": filter,
  "[data-close]": (hit) => hit.closest("dialog").close(),
  "[data-show]": (hit) => showPane(hit.dataset.show),
  ".panel .passage": (hit) => {
    const number = hit.closest(".comment")?.id.slice("comment-".length);
    if (getSelection().isCollapsed) askAboutLabel(hit.id, number);
  },
};

document.addEventListener("click", (event) => {
  if (event.target.closest(".map a")) event.preventDefault();
  for (const [selector, act] of Object.entries(clicks)) {
    const hit = event.target.closest(selector);
    if (hit) return void act(hit);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { hideCard(); clearAbout(); }
});

async function openBench(query, from) {
  if (from) leave(from);
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

// Statements of a manner that is not pressed are hidden, and whoever makes no others.
function filter(pressed) {
  pressed.ariaPressed = String(pressed.ariaPressed !== "true");
  const panel = pressed.closest(".panel");
  for (const part of panel.querySelectorAll(`[data-manner="${pressed.dataset.filter}"]`)) {
    part.hidden = pressed.ariaPressed === "false";
  }
  for (const voice of panel.querySelectorAll(".voice")) {
    const shown = voice.querySelectorAll("li:not([hidden])").length;
    voice.hidden = shown === 0;
    voice.querySelector(".voice-count").textContent = shown;
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
    for await (const step of ask("pull", [language])) notice(step.message);
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
if (place) goTo({ start: place[1], end: place[2] });
if (/^#comment-[\d.]+$/.test(location.hash)) goToLabel(`C${location.hash.slice("#comment-".length)}`);
// A link may come from anywhere: its question stands in the box, the reader sends it.
if (new URLSearchParams(location.search).has("q") && wide.matches) $("question").focus();
