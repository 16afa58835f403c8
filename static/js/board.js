// Moving cards on the board by mouse, touch and keyboard. Each move submits the card's own form, which works without this.

const board = document.querySelector("#board[data-movable]");
const said = document.getElementById("board-said");

let held = null; // the card that is on its way: { card, from, aim, keys, shift }
let landing = null; // the id of the card that gets the focus back

const columns = () => [...board.querySelectorAll(".board-column")];
const columnOf = (card) => card.closest(".board-column");

function say(words) {
  const line = document.createElement("p");
  line.className = "visually-hidden";
  line.textContent = words;
  said.replaceChildren(line);
}

function aimAt(column) {
  held.aim = column;
  for (const each of columns()) each.classList.toggle("board-column--aim", each === column && each !== held.from);
}

function take(card, keys) {
  held = { card, from: columnOf(card), aim: columnOf(card), keys };
  card.classList.add("board-card--held");
}

function release() {
  const { card } = held;
  board.classList.remove("board--dragging");
  card.classList.remove("board-card--held", "board-card--dragged");
  held.shift?.cancel();
  for (const each of columns()) each.classList.remove("board-column--aim");
  held = null;
}

function drop() {
  const { card, from, aim } = held;
  release();
  if (!aim || aim === from) return;
  const form = card.querySelector(".board-move form");
  form.elements.state.value = aim.dataset.state;
  landing = card.id;
  card.classList.add("board-card--sent");
  form.requestSubmit();
}

// --- Keyboard: Enter or Space takes the card, the arrows choose a column, Enter or Space drops it, Escape leaves it.

function onKey(event) {
  const grip = event.target.closest(".board-grip");
  if (!grip) return;
  const card = grip.closest(".board-card");
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (!held) {
      take(card, true);
      say(`${card.dataset.name} taken from ${held.from.dataset.label}. Left and right choose a column, Enter drops, Escape leaves it.`);
    } else if (held.aim === held.from) {
      release();
      say(`${card.dataset.name} stays.`);
    } else {
      drop();
    }
  } else if (held?.keys && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    event.preventDefault();
    const all = columns();
    const next = all[all.indexOf(held.aim) + (event.key === "ArrowRight" ? 1 : -1)];
    if (!next) return;
    aimAt(next);
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(next === held.from ? `${next.dataset.label}, where it is.` : next.dataset.label);
  }
}

function leave() {
  if (!held) return;
  say(`${held.card.dataset.name} stays.`);
  release();
}

// --- Mouse and touch. A mouse takes a card anywhere, a finger by its handle, so that it still scrolls.

const NEAR = 48; // pixels from the edge, where the board scrolls along
let start = null;

function onDown(event) {
  const card = event.target.closest(".board-card");
  if (!card || event.button !== 0 || held) return;
  const grip = event.target.closest(".board-grip");
  if (!grip && (event.pointerType !== "mouse" || event.target.closest("a, input, select, summary, button, label"))) return;
  start = { card, x: event.clientX, y: event.clientY, scroll: board.scrollLeft, id: event.pointerId };
}

function onMove(event) {
  if (!start || event.pointerId !== start.id) return;
  const x = event.clientX - start.x;
  const y = event.clientY - start.y;
  if (!held) {
    if (Math.hypot(x, y) < 6) return;
    take(start.card, false);
    getSelection()?.removeAllRanges();
    board.classList.add("board--dragging");
    start.card.classList.add("board-card--dragged");
    board.setPointerCapture(start.id);
  }
  event.preventDefault();
  const edge = board.getBoundingClientRect();
  if (event.clientX < edge.left + NEAR) board.scrollLeft -= 12;
  if (event.clientX > edge.right - NEAR) board.scrollLeft += 12;
  // An animation and no style attribute: htmx would copy that to the fresh card, which the content security policy forbids.
  held.shift?.cancel();
  const translate = `${x + board.scrollLeft - start.scroll}px ${y}px`;
  held.shift = held.card.animate({ translate: [translate, translate] }, { duration: 1, fill: "forwards" });
  aimAt(document.elementFromPoint(event.clientX, event.clientY)?.closest(".board-column") ?? null);
}

function onUp(event) {
  if (!start || event.pointerId !== start.id) return;
  start = null;
  if (held && !held.keys) event.type === "pointerup" ? drop() : release();
}

// --- Answers: a question opens as a dialog; after a change the board is fresh and the card has the focus again.

function closeDialog(answer = "") {
  document.querySelector("#board-dialog dialog")?.close(answer);
}

// --- Those ticked: kept when the board is fetched anew, counted, and a column ticked at once.

const boxes = () => [...document.querySelectorAll("input[name=chosen][form=together]")];
let ticked = new Set();

function countTicked() {
  const number = boxes().filter((box) => box.checked).length;
  document.getElementById("together-count").textContent = number ? `: ${number}` : "";
  for (const link of document.querySelectorAll(".board-tick")) {
    const all = boxesBeside(link).every((box) => box.checked);
    const [tick, untick] = link.children;
    tick.hidden = all;
    untick.hidden = !all;
  }
}

const boxesBeside = (link) => [...columnOf(link).querySelectorAll("input[name=chosen]")];

function tickColumn(event) {
  const link = event.target.closest(".board-tick");
  if (!link) return;
  event.preventDefault();
  const all = boxesBeside(link).every((box) => box.checked);
  for (const box of boxesBeside(link)) box.checked = !all;
  countTicked();
}

function tickAgain() {
  for (const box of boxes()) box.checked = ticked.has(box.value.split(":")[0]);
  countTicked();
}

function settle() {
  for (const grip of board.querySelectorAll(".board-grip")) grip.hidden = false;
  const card = landing && document.getElementById(landing);
  if (!card) return;
  landing = null;
  card.querySelector(".board-grip")?.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

if (board) {
  board.addEventListener("keydown", onKey);
  board.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove, { passive: false });
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", onUp);
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("submit", (event) => (landing = event.target.closest(".board-card")?.id ?? landing));
  board.addEventListener("focusout", (event) => held?.keys && event.target.closest(".board-grip") && leave());
  document.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  board.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target === board) ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value.split(":")[0]));
  });
  board.addEventListener("htmx:afterSettle", (event) => {
    if (event.target !== board) return;
    tickAgain();
    settle();
  });
  document.body.addEventListener("board-changed", () => closeDialog("moved"));
  document.getElementById("board-dialog").addEventListener("htmx:afterSwap", () => {
    const dialog = document.querySelector("#board-dialog dialog");
    if (!dialog) return;
    dialog.removeAttribute("open"); // not close(), whose event comes later and would end the one that is shown now
    dialog.showModal();
    dialog.addEventListener("close", () => {
      for (const each of board.querySelectorAll(".board-card--sent")) each.classList.remove("board-card--sent");
      if (dialog.returnValue !== "moved") settle();
      dialog.remove();
    });
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-closes-dialog]") || !event.target.closest("dialog")) return;
    event.preventDefault();
    closeDialog();
  });
  // What went wrong on the way is said too; the card is where it was.
  const failed = (words) => () => {
    for (const each of board.querySelectorAll(".board-card--sent")) each.classList.remove("board-card--sent");
    say(`Nothing was moved: ${words}.`);
  };
  document.addEventListener("htmx:sendError", failed("the site does not answer"));
  document.addEventListener("htmx:responseError", failed("the site failed"));
  document.getElementById("board-hint").hidden = false;
  settle();
}

if (document.getElementById("together")) {
  document.addEventListener("change", (event) => event.target.name === "chosen" && countTicked());
  document.addEventListener("click", tickColumn);
  countTicked();
}
