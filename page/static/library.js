// The library: searched, filtered, renamed, tagged, and deleted with a way back.
import { $, address, article, box, element, notice, sentences } from "./shared.js";
import { post } from "./stream.js";

$("open-library").addEventListener("click", () => $("library").showModal());

function filterShelf() {
  const wanted = $("library-search").value.toLocaleLowerCase();
  const chosen = [...$("shelf").querySelectorAll("[data-shelf]")].filter(({ value }) => value);
  for (const entry of $("shelf").querySelectorAll("li[data-entry]")) {
    entry.hidden = !entry.textContent.toLocaleLowerCase().includes(wanted)
      || chosen.some(({ dataset, value }) => !entry.dataset[dataset.shelf].split(", ").includes(value));
  }
}
$("library").addEventListener("input", filterShelf);

// A row becomes two boxes, for its name and its tags; it is put back as the library has it then.
export function labelEntry(row) {
  const name = box(sentences.talk_rename, row.dataset.name, 200);
  const tags = box(sentences.tags_hint, row.dataset.tags, 200);
  const form = element("form", {}, name, tags, element("button", { className: "strong" }, sentences.save));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post(address("label", row.dataset.entry), { name: name.value, tags: tags.value });
    if (!row.closest("#shelf")) { location.reload(); return; }
    const answer = await fetch(`articles?${new URLSearchParams({ article })}`);
    if (answer.ok) $("shelf").innerHTML = await answer.text();
    filterShelf();
  });
  row.replaceChildren(form);
  name.select();
}

// A deletion is carried out when its time to be taken back is over, or the page is left.
let deletion = null;

function carryOut() {
  if (!deletion) return;
  const { id, timer } = deletion;
  deletion = null;
  clearTimeout(timer);
  post(address("remove", id), {}, { keepalive: true })
    .then((answer) => { if (answer.ok && id === article) location.assign("./"); });
}
addEventListener("pagehide", carryOut);

export function removeEntry(row) {
  carryOut();
  row.hidden = true;
  deletion = { id: row.dataset.entry, timer: setTimeout(carryOut, 10000) };
  $("library").close();
  notice(row.querySelector("strong").textContent, () => {
    clearTimeout(deletion?.timer);
    deletion = null;
    row.hidden = false;
  });
}
