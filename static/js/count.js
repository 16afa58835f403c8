// Tells the site that this posting was shown, and when somebody chooses to apply. See jobboard/statistics/counting.py.
{
  const { url, posting } = document.currentScript.dataset;
  const mark = new URLSearchParams(location.search).get("from") ?? "";
  const tell = (kind) =>
    navigator.sendBeacon(url, new URLSearchParams({ posting, kind, mark, referrer: document.referrer }));
  const shown = () => tell("view");

  // A page that the browser prepares in advance is shown when somebody goes to it, or never.
  if (document.prerendering) document.addEventListener("prerenderingchange", shown, { once: true });
  else shown();

  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-apply]")) tell("apply");
  });
}
