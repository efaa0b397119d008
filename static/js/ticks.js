// What is ticked off stays ticked when the connection drops, and is sent when it is back.
const forms = [...document.querySelectorAll("form[data-tick]")];
const PLACE = "ticks";
const DAY = 864e5;
const kept = () => JSON.parse(localStorage.getItem(PLACE) || "{}");
const keep = (all) => localStorage.setItem(PLACE, JSON.stringify(all));
const listOf = (form) => form.closest("[data-ticks]");
const say = (form, words) => (listOf(form).querySelector("[role=status]").textContent = words);

const draw = (form, done) => {
  form.querySelector("button").setAttribute("aria-pressed", done === "yes");
  form.elements.done.value = done === "yes" ? "no" : "yes";
  const list = listOf(form), count = list.querySelector("[data-count]");
  count.textContent = count.textContent.replace(/\d+/, list.querySelectorAll("[aria-pressed=true]").length);
};

const forget = (address, said) => {
  const all = kept();
  if (all[address]?.at === said.at) delete all[address];
  keep(all);
};

// One after another; a page that was open too long is opened again, and what was refused is shown as it is.
const send = async (isPressed) => {
  for (const form of forms) {
    const said = kept()[form.action];
    if (!said) continue;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value || "", quiet: "yes", ...said });
    try {
      const { status } = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      const isRefused = [403, 404, 409].includes(status);
      if (isRefused || status === 204) forget(form.action, said);
      if (isRefused || (status === 400 && isPressed)) return location.reload();
      say(form, status === 204 ? "" : listOf(form).dataset.ticks);
    } catch {
      return say(form, listOf(form).dataset.ticks);
    }
  }
};

try {
  const now = Date.now();
  keep(Object.fromEntries(Object.entries(kept()).filter(([, { at }]) => now - Date.parse(at) < DAY)));
  for (const form of forms) {
    if (kept()[form.action]) draw(form, kept()[form.action].done);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value } = form.elements.done;
      keep({ ...kept(), [form.action]: { done: value, at: new Date().toISOString() } });
      draw(form, value);
      send(true);
    });
  }
  send();
  addEventListener("online", () => send());
} catch {
  // Without storage each tick is sent as a form.
}
