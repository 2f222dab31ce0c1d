// A bookmark that hands the page one is looking at, as the browser shows it, to this assistant:
// comments that a script loaded are then there. Only on this machine, and only after asking.
import { $, button, say } from "./shared.js";

const isHere = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);

// Runs on the page that is handed over: opens this one, waits for its word, sends the markup.
function handOver(origin, token) {
  const html = document.documentElement.outerHTML, title = document.title;
  const opened = open(`${origin}/?bring`);
  addEventListener("message", (event) => {
    if (event.source !== opened || event.origin !== origin || event.data !== "ready") return;
    opened.postMessage({ token, html, title, url: document.URL }, origin);
  });
}

export function offerBookmark(token, bring) {
  if (!isHere) return;
  const values = [location.origin, token].map((value) => JSON.stringify(value)).join();
  $("bookmarklet").href = `javascript:${encodeURIComponent(`(${handOver})(${values})`)}`;
  $("bookmarklet").addEventListener("click", (event) => event.preventDefault());
  $("bookmark").hidden = false;
  if (!opener || !new URLSearchParams(location.search).has("bring")) return;
  addEventListener("message", ({ source, data }) => {
    if (source !== opener || data?.token !== token || typeof data.html !== "string") return;
    const size = Math.ceil(data.html.length / 1000);
    $("bring").showModal();
    $("bring-stage").textContent = say("bookmark_ask", { title: data.title, url: data.url, size });
    const yes = button($("bring-form").querySelector("[type=submit]").textContent, () => {
      yes.remove();
      bring("file", new Blob([data.html], { type: "text/html" }), "page.html");
    }, "strong");
    $("bring-stage").after(yes);
    yes.focus();
  });
  opener.postMessage("ready", "*");
}
