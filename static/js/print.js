// A button that prints is only there where it works.
for (const place of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = place.dataset.print;
  button.addEventListener("click", () => print());
  place.append(button);
}
