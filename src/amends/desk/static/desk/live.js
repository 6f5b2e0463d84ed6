/* Live updates. A stream says that something changed; the page then asks for those of its parts
   that carry data-live. A part somebody is using is left alone until they leave it: focus, scroll
   and the button under the finger never move. Without this file every page works when reloaded. */
(() => {
  const address = document.body.dataset.stream;
  if (!address || !window.EventSource) return;

  const waiting = new Set();
  const shown = new WeakMap();

  const inUse = (part) => {
    const open = part.querySelector("details[open], [data-dirty]");
    const focused = part.contains(document.activeElement) && document.activeElement !== part;
    return Boolean(open) || focused;
  };

  const show = (part, html) => {
    if (shown.get(part) === html) return;
    shown.set(part, html);
    const draft = document.createElement("template");
    draft.innerHTML = html;
    if (draft.innerHTML.trim() === part.innerHTML.trim()) return;
    part.replaceChildren(draft.content);
    if (window.htmx) window.htmx.process(part);
  };

  const refresh = async (part) => {
    if (inUse(part)) {
      waiting.add(part);
      return;
    }
    waiting.delete(part);
    try {
      const answer = await fetch(part.dataset.live, { headers: { "HX-Request": "true" } });
      if (answer.headers.get("HX-Redirect")) window.location.href = answer.headers.get("HX-Redirect");
      else if (answer.ok && !inUse(part)) show(part, await answer.text());
    } catch {
      /* The server is away for a moment: the stream comes back and asks again. */
    }
  };

  let asked = false;
  const refreshAll = () => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      document.querySelectorAll("[data-live]").forEach(refresh);
    }, 80);
  };

  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-live]")) event.target.dataset.dirty = "true";
  });
  document.addEventListener("focusout", () => setTimeout(() => waiting.forEach(refresh), 200));
  document.addEventListener("toggle", () => setTimeout(() => waiting.forEach(refresh), 200), true);

  const listen = () => {
    const stream = new EventSource(address);
    stream.addEventListener("changed", refreshAll);
    stream.addEventListener("error", () => {
      /* 204: this person has enough streams open. Then ask now and again instead. */
      if (stream.readyState === EventSource.CLOSED) setInterval(refreshAll, 10000);
    });
    window.addEventListener("pagehide", () => stream.close());
  };
  listen();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      listen();
      refreshAll();
    }
  });
})();
