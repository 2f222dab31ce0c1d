// The thread as a workbench: what is wished for goes to the server, which filters, sorts and
// counts; of thousands of rows only those near the screen are here.
import { $, address, element } from "./shared.js";

let wished = {};
let latest = 0;

// Ask for other rows; without values, for the same ones anew.
export async function wish(values = wished) {
  wished = values;
  const turn = latest += 1;
  const answer = await fetch(`${address("bench")}?${new URLSearchParams(wished)}`);
  if (!answer.ok || turn !== latest) return;
  const { wish: focused, fold: folded } = document.activeElement?.dataset ?? {};
  $("bench").innerHTML = await answer.text();
  if (document.activeElement !== $("bench-search")) $("bench-search").value = wished.search ?? "";
  if (focused) $("bench").querySelector(`[data-wish="${focused}"]`)?.focus();
  const query = new URLSearchParams(wished);
  if (!$("panel-thread").hidden) history.replaceState(history.state, "", query.size ? `#thread?${query}` : "#thread");
  showBench();
  if (folded) $("bench").querySelector(`[data-fold="${folded}"]`)?.focus({ preventScroll: true });
}

// Fold the replies to a comment away, or unfold them; "all" does so with the whole thread.
export async function fold(number) {
  const panel = $("panel-thread"), place = panel.scrollTop;
  const { turned = "", folded } = wished, numbers = new Set(turned.split(",").filter(Boolean));
  if (!numbers.delete(number)) numbers.add(number);
  const next = number === "all" ? { folded: folded ? "" : "all" } : { folded, turned: [...numbers].join() };
  await wish(without(next));
  panel.scrollTop = place;
}

function without(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

export function showBench() {
  const rows = $("bench-rows");
  const slice = Number(rows.dataset.slice), total = Number(rows.dataset.total);
  if (total <= slice) return;
  const first = rows.firstElementChild, height = first.getBoundingClientRect().height / slice;
  rows.style.height = `${height * total}px`;
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) fill(target);
      else if (target.dataset.first !== "0") target.replaceChildren();
    }
  }, { root: rows.closest(".panel"), rootMargin: "1200px 0px" });
  first.dataset.first = "0";
  for (let from = slice; from < total; from += slice) {
    const place = element("div", { className: "bench-slice" });
    place.dataset.first = from;
    place.style.cssText = `position:absolute;top:${height * from}px;height:${height * Math.min(slice, total - from)}px`;
    rows.append(place);
    near.observe(place);
  }
}

async function fill(place) {
  if (place.firstChild) return;
  const list = element("ol", { start: Number(place.dataset.first) + 1 });
  place.append(list);
  const query = new URLSearchParams({ ...wished, first: place.dataset.first });
  const answer = await fetch(`${address("rows")}?${query}`);
  if (answer.ok && list.isConnected) list.innerHTML = await answer.text();
}

document.addEventListener("change", (event) => {
  const name = event.target.dataset?.wish;
  if (name) wish(without({ ...wished, [name]: event.target.value }));
});
document.addEventListener("input", (event) => {
  if (event.target.id !== "bench-search") return;
  clearTimeout(wish.timer);
  wish.timer = setTimeout(() => wish(without({ ...wished, search: event.target.value })), 60);
});
