// What all parts of the page share: its language, its article, and how it speaks to the reader.

export const $ = (id) => document.getElementById(id);
export const body = document.body;
export const { article, version, language, ...given } = $("assistant").dataset;
export const sentences = JSON.parse(given.sentences);
export const wide = matchMedia("(min-width: 900px)");
export const address = (part, id = article) => `articles/${encodeURIComponent(id)}/${part}`;
export const newId = () => crypto.randomUUID?.() ?? String(Math.random());

export const say = (key, values = {}) =>
  sentences[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// An element with its properties and children: words of others become text, never markup.
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export const button = (text, onclick, className = "") =>
  element("button", { type: "button", className, onclick }, text);

// A box to write into, with its label inside.
export const box = (label, value, maxLength, tag = "input") =>
  element(tag, { value, maxLength, placeholder: label, ariaLabel: label });

// Say something in passing; `undo` takes back what was just done.
export function notice(text, undo) {
  $("notice").replaceChildren(text);
  if (undo) $("notice").append(" ", button(sentences.undo, () => { notice(""); undo(); }));
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { $("notice").textContent = ""; }, undo ? 12000 : 6000);
}

// What this browser remembers, or this tab of it ("sessionStorage"); either may be forbidden.
export function remember(key, value, place = "localStorage") {
  try { window[place].setItem(key, value); } catch { /* this page only */ }
}

export function recall(key, place = "localStorage") {
  try { return window[place].getItem(key); } catch { return null; }
}

export function showPane(name) {
  body.dataset.pane = name;
  for (const choice of document.querySelectorAll("[data-show]")) {
    choice.ariaPressed = String(choice.dataset.show === name);
  }
}

export async function copy(text, done) {
  try { await navigator.clipboard.writeText(text); } catch {
    const copied = element("textarea", { value: text });
    body.append(copied);
    copied.select();
    document.execCommand("copy");
    copied.remove();
  }
  notice(done);
}
