// Passkeys: shows what needs them where the browser has them, and says in plain words when one was not made or given.
// The ceremony itself is django-allauth's (mfa/js/webauthn.js), started by its onload.js from JSON blocks in the page.

const troubles = {
  NotAllowedError: "Nothing happened: it was cancelled, or it took too long. Try again.",
  InvalidStateError: "This device holds a passkey for your account already.",
  SecurityError: "Passkeys work only at this site’s own address.",
};

const supported = "PublicKeyCredential" in window;
for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = !supported;
for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = supported;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const notice of document.querySelectorAll("[data-passkey-trouble]")) {
    notice.textContent = troubles[event.detail.exception?.name] ?? "That did not work. Try again, or another way.";
    notice.hidden = false;
  }
});
