"use strict";
const cases = [...document.querySelectorAll("details.case")].map((element) => ({
  element,
  words: element.textContent.toLowerCase(),
}));
const controls = ["words", "type", "language", "outcome"].map((id) => document.getElementById(id));
function filter() {
  const [words, type, language, outcome] = controls.map((control) => control.value);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const item of cases) {
    const data = item.element.dataset;
    const fits =
      (!type || data.type === type) &&
      (!language || data.language === language) &&
      (!outcome || data.outcome === outcome) &&
      wanted.every((word) => item.words.includes(word));
    item.element.hidden = !fits;
    shown += fits;
  }
  document.getElementById("count").textContent = `${shown} of ${cases.length} shown`;
}
for (const control of controls) control.addEventListener("input", filter);
filter();
