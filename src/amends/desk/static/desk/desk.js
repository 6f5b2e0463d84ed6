/* Small comforts: keys, filters, buttons that answer at once. Nothing here is needed to read,
   freeze or approve. */
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const keys = document.getElementById("keys");

  const rows = () => [...document.querySelectorAll(".rows > .row")];
  const step = (by) => {
    const all = rows();
    const here = all.indexOf(document.activeElement.closest(".row"));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    const door = next && next.querySelector("a, button, summary");
    if (door) door.focus();
  };

  const actions = {
    c: () => { window.location.href = document.body.dataset.compose; },
    h: () => { window.location.href = "/"; },
    j: () => step(1),
    k: () => step(-1),
    "?": () => keys && keys.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.switcher[open], .rail__more details[open]").forEach((one) => {
        one.open = false;
        one.querySelector("summary").focus();
      });
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!document.body.dataset.compose || (keys && keys.open)) return;
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.switcher[open], .rail__more details[open]").forEach((one) => {
      if (!one.contains(event.target)) one.open = false;
    });
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
  });
  document.querySelectorAll("[data-opens]").forEach((one) => { one.hidden = false; });

  document.addEventListener("input", (event) => {
    const wanted = event.target.dataset.filters;
    if (!wanted) return;
    const text = event.target.value.toLocaleLowerCase();
    document.querySelectorAll(`.${wanted}`).forEach((one) => {
      one.hidden = !one.textContent.toLocaleLowerCase().includes(text);
    });
  });

  /* Files that were chosen are added at once: the button beside is for those without scripts. */
  document.querySelectorAll("[data-presses]").forEach((one) => {
    document.getElementById(one.dataset.presses).hidden = true;
  });
  document.addEventListener("change", (event) => {
    const wanted = event.target.dataset.presses;
    if (wanted && event.target.value) document.getElementById(wanted).click();
  });

  /* A form is sent once: the second press of the same button does nothing. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent || form.method === "dialog") {
      if (form.dataset.sent) event.preventDefault();
      return;
    }
    if (form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
    form.dataset.sent = "true";
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
    });
  });

  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
})();
