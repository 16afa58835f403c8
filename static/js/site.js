// Small comforts; every page works without them.

// An open menu closes on Escape, and when one clicks elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A refused form brings its summary of errors into view.
document.addEventListener("DOMContentLoaded", () => document.getElementById("form-errors")?.focus());

// <button data-copy="text"> copies; it is shown only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  label.setAttribute("aria-live", "polite");
  let back;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = "Copied";
    clearTimeout(back);
    back = setTimeout(() => (label.textContent = before), 1500);
  });
}
