// What was typed stays until it is sent, also when the phone closes the page.
const isKept = (field) => field.name && !["hidden", "password", "file"].includes(field.type) && field.name !== "csrf_token";
const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const isUntouched = (field) => isTicked(field) ? field.checked === field.defaultChecked : !field.value || field.value === field.defaultValue;

const remember = (form, place) => {
  const kept = [...form.elements].filter(isKept).map((field) => [field.name, isTicked(field) ? field.checked && field.value : field.value]);
  sessionStorage.setItem(place, JSON.stringify(kept.filter(([, value]) => value !== false)));
};

const bringBack = (form, place) => {
  const kept = JSON.parse(sessionStorage.getItem(place) || "[]");
  for (const [name, value] of kept) {
    for (const field of form.elements) {
      if (field.name !== name || !isKept(field) || !isUntouched(field)) continue;
      if (isTicked(field)) field.checked ||= field.value === value;
      else if (!field.value || field.tagName === "SELECT") field.value = value;
    }
  }
};

for (const form of document.querySelectorAll("form[data-draft]")) {
  const place = `draft:${form.dataset.draft}:${location.pathname}${location.search}`;
  try {
    // A page that came back with errors already holds what was typed.
    if (!document.querySelector(".errors")) bringBack(form, place);
    form.addEventListener("input", () => remember(form, place));
    form.addEventListener("submit", () => sessionStorage.removeItem(place));
  } catch {
    // Without storage the form still works, it only forgets.
  }
}
