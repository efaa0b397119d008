// A button beside an address copies it; without script one selects it by hand.
for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const words = place.textContent.trim();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = place.dataset.copyWord;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words);
    button.textContent = place.dataset.copy;
  });
  place.after(button);
}
