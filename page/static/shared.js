// What all parts of the page share: its language, its article, and how it speaks to the reader.

export const $ = (id) => document.getElementById(id);
export const body = document.body;
export const { article, version, language, ...given } = $("assistant").dataset;
export const sentences = JSON.parse(given.sentences);
export const wide = matchMedia("(min-width: 900px)");
export const address = (part, id = article) => `articles/${encodeURIComponent(id)}/${part}`;

export const say = (key, values = {}) =>
  sentences[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (act) made.addEventListener("click", act);
  return made;
}

// A box to write into, with its label inside.
export function box(label, value, maxLength, tag = "input") {
  const made = document.createElement(tag);
  Object.assign(made, { value, maxLength, placeholder: label });
  made.setAttribute("aria-label", label);
  return made;
}

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
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === name));
  }
}

export async function copy(text, done) {
  try { await navigator.clipboard.writeText(text); } catch {
    const box = document.createElement("textarea");
    box.value = text;
    body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  notice(done);
}
