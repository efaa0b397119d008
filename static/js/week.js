// Arrow keys walk through what is free in the week.
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const placeOf = (link) => {
  const box = link.getBoundingClientRect();
  return [box.top + box.height / 2, box.left + box.width / 2];
};

const nearest = (links, from, [down, across]) => {
  const [top, left] = placeOf(from);
  const ahead = links.map((link) => {
    const [otherTop, otherLeft] = placeOf(link);
    const along = (otherTop - top) * down + (otherLeft - left) * across;
    const aside = Math.abs((otherTop - top) * across) + Math.abs((otherLeft - left) * down);
    return { link, along, far: along + aside * 4 };
  });
  return ahead.filter(({ along }) => along > 2).sort((one, other) => one.far - other.far)[0]?.link;
};

for (const week of document.querySelectorAll("[data-week]")) {
  week.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const from = event.target.closest("a");
    if (!step || !from || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nearest([...week.querySelectorAll("td a")], from, step);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
