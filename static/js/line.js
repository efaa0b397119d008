// From one card in a line, J and K walk along it and X ticks the one at hand; Enter opens it, because its link has focus.
// Elsewhere the letters do nothing: whoever speaks to their computer would press them unawares.
const steps = { j: 1, k: -1 };

for (const line of document.querySelectorAll("[data-line]")) {
  const links = [...line.querySelectorAll("h2 a")];
  line.addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey }) => {
    if (altKey || ctrlKey || metaKey || target.closest("input:not([type=checkbox]), select, textarea")) return;
    const card = document.activeElement.closest("[data-line] > li");
    const at = links.findIndex((link) => card?.contains(link));
    if (key in steps) links[Math.min(Math.max(at + steps[key], 0), links.length - 1)]?.focus();
    if (key === "x") card?.querySelector("[type=checkbox]")?.click();
  });
}
