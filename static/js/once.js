// A form is sent once, however often its button is pressed; what takes long says so meanwhile.
// One that waits for news sends itself after a while.
for (const form of document.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 1;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", true);
    for (const wait of form.querySelectorAll("[data-wait]")) wait.hidden = false;
  });
  if (form.dataset.ask) setTimeout(() => form.requestSubmit(), form.dataset.ask);
}

// Whoever comes back with the back button may send again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    for (const wait of form.querySelectorAll("[data-wait]")) wait.hidden = true;
  }
});
