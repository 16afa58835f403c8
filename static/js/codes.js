// A code page works without this.

// A person's own list of what they read last hears of the page once it is shown. A GET never writes.
{
  const read = document.querySelector("[data-read]")?.dataset.read;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const shown = () => fetch(read, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
  if (read && document.prerendering) document.addEventListener("prerenderingchange", shown, { once: true });
  else if (read) shown();
}

// The documentation of a code as a list to tick: how many are in the record, and all of it as text to copy. The server
// writes the same text where there is no script (codes/checklist.py).
{
  const boxes = (form) => [...form.querySelectorAll("input[type=checkbox]")];
  const lines = (name, mark, chosen) =>
    chosen.length ? ["", `${name} (${chosen.length}):`, ...chosen.map((box) => `${mark} ${label(box)}`)] : [];
  const label = (box) => box.labels[0].textContent.trim().replace(/\s+/g, " ");

  const text = (form) => {
    const done = boxes(form).filter((box) => box.checked);
    const missing = boxes(form).filter((box) => !box.checked);
    const { heading, source } = form.dataset;
    return [heading, ...lines("In the record", "[x]", done), ...lines("Missing", "[ ]", missing), "", source, ""].join("\n");
  };

  const count = (form) => {
    const done = boxes(form).filter((box) => box.checked).length;
    form.querySelector("output").textContent = done ? `${done} of ${boxes(form).length} in the record` : "";
    form.querySelector("[type=reset]").hidden = !done;
    const button = form.querySelector("[data-copies]");
    button.dataset.copy = text(form);
    button.hidden = !navigator.clipboard;
  };

  const countAll = () => document.querySelectorAll("[data-checklist]").forEach(count);
  const later = (event) => event.target.closest("[data-checklist]") && setTimeout(countAll); // a reset empties them after
  document.addEventListener("change", later);
  document.addEventListener("reset", later);
  document.addEventListener("htmx:afterSettle", countAll);
  window.addEventListener("pageshow", countAll); // a browser that comes back has filled them in again
}

// One key each, on a code page. They can be switched off (WCAG 2.1.4) and never work while somebody types.
{
  const dialog = document.getElementById("keys");
  const opener = document.getElementById("keys-button");
  const choice = document.getElementById("keys-on");
  const remembered = {
    get on() {
      try {
        return localStorage.getItem("keys") !== "off";
      } catch {
        return true; // storage is switched off: the keys work until the page is left
      }
    },
    set on(value) {
      try {
        localStorage.setItem("keys", value ? "on" : "off");
      } catch {
        // then it holds for this page alone
      }
    },
  };
  const press = (selector) => document.querySelector(selector)?.click();
  const keys = {
    p: () => press("a[rel=prev]"),
    n: () => press("a[rel=next]"),
    "/": () => document.getElementById("site-search")?.focus(),
    c: () => press("#copy-code"),
    s: () => press("#star-button"),
    "?": () => dialog.showModal(),
  };
  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  opener.hidden = false;
  choice.checked = remembered.on;
  opener.addEventListener("click", () => dialog.showModal());
  choice.addEventListener("change", () => (remembered.on = choice.checked));
  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing);
    if (!plain || !choice.checked || dialog.open || typing(event.target) || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}

// What is printed is the page itself, with the style sheets' rules for paper.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
