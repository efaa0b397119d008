// What a pair of eyes would see on a page, and hands would meet. Each function returns sentences.
(() => {
  const CONTROLS = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']";
  const BOXES = ".button, .field__box, .choice, button, select, textarea";
  const style = (element, part) => getComputedStyle(element, part);
  const box = (element) => element.getBoundingClientRect();
  const named = (element) => {
    const words = (element.textContent || element.getAttribute("aria-label") || element.name || "").trim();
    const kind = element.tagName.toLowerCase() + (element.className ? `.${[...element.classList].join(".")}` : "");
    return `${kind} "${words.replace(/\s+/g, " ").slice(0, 50)}"`;
  };
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && box(element).width > 1;
  const isForReaders = (element) => element.closest(".hidden, .week i, .skip") !== null;
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter((e) => isThere(e) && !e.disabled && e.tabIndex >= 0);
  const all = (what) => [...document.querySelectorAll(what)].filter(isThere);
  const hasBorder = (look) => look.borderBottomStyle !== "none" && parseFloat(look.borderBottomWidth) > 0;

  const motion = () => [...document.querySelectorAll("*")].flatMap((element) =>
    ["", "::before", "::after"].flatMap((part) => {
      const look = style(element, part || undefined);
      const lasts = `${look.transitionDuration}, ${look.animationDuration}`.split(", ").some((time) => parseFloat(time) > 0);
      return lasts || look.scrollBehavior === "smooth" ? [`${named(element)}${part} moves`] : [];
    }));

  const scrollsInside = (element) => {
    for (let above = element; above; above = above.parentElement) if (/auto|scroll/.test(style(above).overflowX)) return true;
    return false;
  };

  const sideways = () => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = all("body *").filter((e) => box(e).right > width + 1 && !isForReaders(e) && !scrollsInside(e));
    return [`${document.documentElement.scrollWidth} px on ${width} px`, ...wide.slice(-3).map(named)];
  };

  // Words that do not fit in what holds them: cut off, or running over the edge.
  const cutOff = () => {
    const found = [];
    const reader = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (reader.nextNode()) {
      const element = reader.currentNode.parentElement;
      if (!reader.currentNode.data.trim() || !isThere(element) || isForReaders(element) || element.closest("option, svg, textarea")) continue;
      range.selectNodeContents(reader.currentNode);
      const words = range.getBoundingClientRect();
      for (let above = element; above && above !== document.body; above = above.parentElement) {
        const clips = style(above).overflow !== "visible" && !/auto|scroll/.test(style(above).overflow);
        if (!clips && !above.matches(BOXES)) continue;
        const edge = box(above);
        if (words.right > edge.right + 2 || words.left < edge.left - 2 || words.bottom > edge.bottom + 2 || words.top < edge.top - 2) {
          found.push(`${named(element)} runs out of ${named(above)}`);
          break;
        }
      }
    }
    return found;
  };

  const isOnTop = (element, x, y) => {
    const seen = document.elementFromPoint(x, y);
    return seen !== null && (element.contains(seen) || seen.contains(element) || seen.closest("label")?.control === element);
  };

  const ringOf = (element) => [element, element.closest(".choice")].some((around) =>
    around && (style(around).outlineStyle === "auto" || (style(around).outlineStyle !== "none" && parseFloat(style(around).outlineWidth) >= 2)));

  // Everything one can reach: it shows its focus, and nothing lies over it. The Tab key was pressed before.
  const focus = () => controls().flatMap((element) => {
    element.focus({ focusVisible: true });
    if (document.activeElement !== element) return [];
    const found = ringOf(element) ? [] : [`${named(element)} does not show its focus`];
    const lines = [...element.getClientRects()].filter((rect) => rect.height > 4);
    const places = element.matches("input") && element.closest(".choice") ? [box(element.closest("label"))] : lines.length ? lines : [box(element)];
    // Of words on more lines than the screen has, those are enough to which the browser scrolled.
    const isInSight = (place) => {
      const x = Math.min(Math.max(place.left + place.width / 2, 0), innerWidth - 1);
      const heights = [0.2, 0.5, 0.8].map((part) => place.top + place.height * part);
      return heights.some((y) => y > 0 && y < innerHeight && isOnTop(element, x, y));
    };
    if (!places.some(isInSight)) found.push(`${named(element)} is covered or out of sight`);
    return found;
  });

  // While one types, the whole field is in sight when it fits.
  const typing = () => all("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select").flatMap((element) => {
    element.focus({ focusVisible: true });
    const place = box(element);
    const heights = [place.top + 4, place.top + Math.min(place.height, innerHeight) / 2];
    return heights.every((y) => y > 0 && y < innerHeight && isOnTop(element, place.left + 20, y)) ? [] : [`${named(element)} is covered while one types`];
  });

  // Where one comes, in the order of the Tab key; from the very top of the page.
  const path = [];
  const begin = () => {
    let [first, rounds] = [null, 0];
    path.length = 0;
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    addEventListener("focusin", ({ target }) => {
      const place = box(target.closest("label") || target);
      first ??= target;
      rounds += target === first;
      if (rounds < 2 && !isForReaders(target)) path.push({ name: named(target), left: place.left, right: place.right, top: scrollY + place.top, bottom: scrollY + place.bottom });
    });
    return controls().length;
  };

  // Read from top to bottom; what stands beside each other from left to right.
  const order = () => path.slice(1).flatMap((place, index) => {
    const before = path[index];
    const goesUp = place.bottom <= before.top + 2 && place.left < before.right - 2;
    const goesBack = Math.abs(place.top - before.top) < 3 && place.right <= before.left + 2;
    return goesUp || goesBack ? [`${place.name} comes after ${before.name}`] : [];
  });

  const small = (least) => all(".button, .action-bar button, .field__box, .choice, .tabs a, .top__nav a, .strips a, .foot a").filter((element) =>
    box(element).height < least - 0.5).map((element) => `${named(element)} is ${box(element).height.toFixed(0)} px high`);

  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const groundOf = (element) => {
    for (let around = element; around; around = around.parentElement) {
      const colour = style(around).backgroundColor;
      if (!/^rgba.*, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const contrast = (element) => {
    const [more, less] = [light(style(element).color), light(groundOf(element))].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };

  // All that decides whether words can be read: their own look, and what lies behind them.
  const lookOf = (element) => {
    const { color, fontSize, fontWeight, textShadow } = style(element);
    const isOff = element.matches(":disabled, :disabled *, [aria-disabled=true]") || Boolean(element.closest("label")?.control?.disabled);
    const look = [color, fontSize, fontWeight, textShadow, isOff];
    for (let around = element; around; around = around.parentElement) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = style(around);
      if (!/^rgba.*, 0\)$/.test(backgroundColor)) look.push(backgroundColor);
      if (backgroundImage !== "none" || opacity !== "1" || filter !== "none") look.push(backgroundImage, opacity, filter);
      if (position !== "static") look.push(position, around.tagName, around.className);
    }
    return look.join(";");
  };
  // A sign of one letter is no word: axe passes over it.
  const ownWords = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
  const hasWords = (element) => element.matches("input, select, textarea") || ownWords(element).length > 1;

  // The looks of words that are not known yet; the elements that have one stay in `eyes.unlike`.
  const newLooks = (...known) => {
    const before = new Set(known);
    const found = all("body *").filter(hasWords).map((element) => [lookOf(element), element]).filter(([look]) => !before.has(look));
    window.eyes.unlike = found.map(([, element]) => element);
    return [...new Set(found.map(([look]) => look))];
  };

  const marks = (look) => [look.textDecorationLine, look.fontWeight, hasBorder(look) && look.borderBottomWidth, look.outlineStyle].join();

  // With the visitor's own colours: what is pressed has an edge, what is current or chosen a mark.
  const ownColours = () => {
    const edgeless = all(BOXES).filter((e) => !hasBorder(style(e)) && !(style(e).textDecorationLine.includes("underline"))).map((e) => `${named(e)} has no edge`);
    const currents = all("nav [aria-current]").filter((current) =>
      [...current.closest("nav").querySelectorAll("a:not([aria-current])")].filter(isThere).some((other) => marks(style(other)) === marks(style(current))));
    const chosen = all("input:checked").filter((input) => style(input).appearance === "none" && !hasBorder(style(input)));
    const lists = all("select").filter((list) => style(list).appearance === "none");
    const free = all(".week td a").filter((link) => !style(link).textDecorationLine.includes("underline") && !hasBorder(style(link)));
    const keys = all(".week__key").map((key) => `${style(key).borderBottomStyle} ${style(key).borderBottomWidth}`);
    const faint = all("body *").filter((e) => e.matches("svg, :not(svg *)") && (e.matches("svg") || e.innerText?.trim()) && !isForReaders(e) && contrast(e) < 4.5);
    return [
      ...edgeless,
      ...currents.map((e) => `${named(e)} does not show that one is there`),
      ...chosen.map((e) => `${named(e)} does not show that it is chosen`),
      ...lists.map((e) => `${named(e)} does not show that it opens`),
      ...free.map((e) => `${named(e)} does not show that it is free`),
      ...(new Set(keys).size < keys.length ? [`the legend looks the same twice: ${keys}`] : []),
      ...faint.map((e) => `${named(e)} can hardly be seen`),
    ];
  };

  // Links and buttons that are called the same and do something else: out of their place one cannot tell them apart.
  const twins = () => {
    const leads = {};
    for (const element of all("main a[href], main button")) {
      const name = (element.getAttribute("aria-label") || element.textContent || element.querySelector("img")?.alt || "").trim().replace(/\s+/g, " ");
      const ids = element.form ? new URLSearchParams(new FormData(element.form)).toString().replace(/csrf_token=[^&]*/, "") : "";
      const goal = element.href || `${element.formAction} ${ids}`;
      if (name) (leads[name] ??= new Set()).add(goal);
    }
    return Object.entries(leads).flatMap(([name, goals]) => (goals.size > 1 ? [`${goals.size} are called "${name}"`] : []));
  };

  const drags = () => all("[draggable=true], [ondrag], [ondragstart], input[type=range]").map((e) => `${named(e)} must be dragged`);
  const fold = () => { for (const each of document.querySelectorAll("details")) each.open = true; };

  window.eyes = { motion, sideways, cutOff, focus, typing, begin, order, small, ownColours, twins, drags, fold, newLooks };
})();
