// Sets the reader's choice of light or dark before anything is painted.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden; then the system decides */ }
// Gradio writes the browser's language there; the page speaks the one its reader chose.
{
  const root = document.documentElement, own = root.lang;
  new MutationObserver(() => { if (root.lang !== own) root.lang = own; })
    .observe(root, { attributes: true, attributeFilter: ["lang"] });
}
