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

// <button data-copy="text"> copies, and says so to the eye and to screen readers; it is shown only where copying works.
{
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  const say = (button) => {
    const label = button.querySelector("[data-copy-label]") ?? button;
    button.dataset.before ??= label.textContent;
    label.textContent = status.textContent = "Copied";
    clearTimeout(button.dataset.timer);
    button.dataset.timer = setTimeout(() => {
      label.textContent = button.dataset.before;
      status.textContent = "";
    }, 1500);
  };

  const show = () => document.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = !navigator.clipboard));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button);
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
}
