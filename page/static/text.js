// Marks exact characters of the article. Offsets count characters as Python does (code
// points); the browser counts UTF-16 units, so they are translated here and nowhere else.
import { element } from "./shared.js";

export function unitOffset(text, characters) {
  let units = 0;
  for (let left = characters; left > 0 && units < text.length; left -= 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

export function clearMarks() {
  for (const mark of document.querySelectorAll("mark.cited")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

export function markCharacters(start, end) {
  clearMarks();
  const marks = [];
  for (const passage of document.querySelectorAll(".passage")) {
    const from = Number(passage.dataset.start), to = Number(passage.dataset.end);
    if (to <= start || from >= end) continue;
    const text = passage.textContent;
    const range = document.createRange();
    const node = passage.firstChild;
    if (!node) continue;
    range.setStart(node, unitOffset(text, Math.max(0, start - from)));
    range.setEnd(node, unitOffset(text, Math.min(end, to) - from));
    const mark = element("mark", { className: "cited" });
    range.surroundContents(mark);
    marks.push(mark);
  }
  if (marks.length) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    marks[0].tabIndex = -1;
    marks[0].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    // Rows that were not rendered yet change height while we scroll: look once more.
    setTimeout(() => {
      const box = marks[0].getBoundingClientRect();
      if (marks[0].isConnected && (box.top < 0 || box.bottom > innerHeight)) {
        marks[0].scrollIntoView({ block: "center", behavior: "instant" });
      }
    }, 700);
    marks[0].focus({ preventScroll: true });
  }
  return marks;
}
