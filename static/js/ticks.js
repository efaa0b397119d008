// What is ticked off stays ticked when the connection drops, and is sent when it is back, from whichever page.
const forms = [...document.querySelectorAll("form[data-tick]")];
const PLACE = "ticks";
const DAY = 864e5;
const kept = () => JSON.parse(localStorage.getItem(PLACE) || "{}");
const keep = (all) => localStorage.setItem(PLACE, JSON.stringify(all));
const listOf = (form) => form?.closest("[data-ticks]");
const say = (list, isKept) => list && (list.querySelector("[role=status]").textContent = isKept ? list.dataset.ticks : "");

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
  const csrf_token = document.querySelector("[name=csrf_token]")?.value || "";
  let isStale = false;
  for (const [address, said] of Object.entries(kept())) {
    const list = listOf(forms.find((form) => form.action === address));
    const body = new URLSearchParams({ csrf_token, quiet: "yes", ...said });
    try {
      const { status } = await fetch(address, { method: "POST", body, redirect: "manual" });
      const isRefused = [403, 404, 409].includes(status);
      if (isRefused || status === 204) forget(address, said);
      isStale ||= isRefused || (status === 400 && isPressed);
      say(list, status !== 204);
    } catch {
      return say(list, true);
    }
  }
  if (isStale && forms.length) location.reload();
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
