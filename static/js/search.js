// The job search works without this. It keeps the keyboard's place after a swap and closes the filters on a phone.

document.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.requestConfig?.elt;
  const target = source?.dataset.focus && document.querySelector(source.dataset.focus);
  if (target) target.focus({ preventScroll: true });
});

// The filters stay as they are during a swap, with focus, scrolling and what is open; only their numbers are renewed.
document.addEventListener("htmx:afterSettle", () => {
  const numbers = document.querySelector("[data-numbers]")?.dataset.numbers.split(" ").map(Number);
  const counts = document.querySelectorAll("#filters .filter-boxes b");
  const states = document.querySelectorAll("#id_state option:not([value=''])");
  if (numbers?.length !== counts.length + states.length) return;
  states.forEach((state, place) => {
    state.textContent = state.textContent.replace(/[\d,]+(?=\)$)/, numbers[place].toLocaleString("en-US"));
  });
  counts.forEach((count, place) => {
    const number = numbers[states.length + place];
    const label = count.parentElement;
    count.textContent = number.toLocaleString("en-US");
    label.classList.toggle("none", number === 0 && !label.querySelector("input").checked);
  });
  const found = document.getElementById("count").firstChild.textContent.trim();
  document.querySelector("[data-shows]").textContent = found.replace("No", "0");
});

// "Sign in" leads back to the search as it is now, not as it was when the page was loaded.
document.addEventListener("htmx:pushedIntoHistory", (event) => {
  for (const link of document.querySelectorAll('a[href*="?next="]')) {
    const address = new URL(link.href);
    address.searchParams.set("next", event.detail.path);
    link.href = address;
  }
});

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-closes]");
  const closed = closer && document.querySelector(closer.dataset.closes);
  if (closed?.matches(":popover-open")) closed.hidePopover();
});

// What was left out leads to its field, also where that is in the closed sheet of filters or in a closed group.
document.addEventListener("click", (event) => {
  const field = event.target.closest('#results a[href^="#id_"]')?.hash.slice(1);
  const target = field && document.getElementById(field);
  if (!target) return;
  const sheet = target.closest("[popover]");
  if (sheet && !target.checkVisibility()) sheet.showPopover();
  const group = target.closest("details");
  if (group) group.open = true;
  (target.matches("input, select") ? target : target.querySelector("input"))?.focus();
});
