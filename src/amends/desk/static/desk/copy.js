/* Copying a card's text. The button shows only where this file runs; where the clipboard is closed
   (a desk over plain http), the text is selected, so that the keyboard or the menu can copy it. */
(() => {
  const show = () => {
    document.querySelectorAll("[data-copies][hidden]").forEach((one) => { one.hidden = false; });
    /* Held, or taken by a colleague meanwhile: the button stays where it is, and does nothing. */
    const stopped = Boolean(document.querySelector("[data-no-copy]"));
    document.querySelectorAll("[data-copies]").forEach((one) => {
      if (stopped) one.setAttribute("aria-disabled", "true");
      else one.removeAttribute("aria-disabled");
    });
  };

  const put = async (field) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch {
        /* The browser said no: try the older way. */
      }
    }
    field.focus();
    field.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const field = document.getElementById(button.dataset.copies);
    const said = document.getElementById(button.dataset.says);
    if (!field) return;
    const copied = await put(field);
    if (said) said.textContent = copied ? button.dataset.copied : button.dataset.selected;
  });

  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
})();
