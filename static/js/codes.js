// A code page works without this.

// A person's own list of what they read last hears of the page once it is shown. A GET never writes.
{
  const read = document.querySelector("[data-read]")?.dataset.read;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const shown = () => fetch(read, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
  if (read && document.prerendering) document.addEventListener("prerenderingchange", shown, { once: true });
  else if (read) shown();
}
