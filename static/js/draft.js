// Writing a posting works without this. A form that is sent while a draft is being saved in the background waits for the
// answer, so that it says which version it changes; and what waits to be saved is not saved twice.

const form = document.querySelector("form[data-draft]");
let saving = false;
let waiting = null;

form?.addEventListener("htmx:beforeRequest", () => (saving = true));
form?.addEventListener("htmx:afterRequest", () => {
  saving = false;
  if (waiting) form.requestSubmit(waiting.button);
});
form?.addEventListener("submit", (event) => {
  if (!saving || waiting) return;
  event.preventDefault();
  waiting = { button: event.submitter };
});

// A session that ended while somebody writes: what was typed stays, and the way to sign in opens beside it.
form?.addEventListener("htmx:beforeOnLoad", (event) => {
  const signIn = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!signIn) return;
  event.preventDefault();
  const link = document.createElement("a");
  Object.assign(link, { href: signIn, target: "_blank", textContent: "Sign in in a new tab" });
  document.getElementById("draft-state").replaceChildren("You are signed out, and this is not saved. ", link, ", then go on here.");
});
