// A form with data-once is sent once: the second click on "Pay" does nothing. The server is safe without this too.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-busy", "true"));
});
// Coming back with the back button shows the page as it was left: make it usable again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});
// A form with data-autosubmit sends itself when a choice changes; its button stays for readers without scripts.
addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form) form.requestSubmit();
});
// A form that comes back with faults is read from the first of them.
document.querySelector("form[data-once] [aria-invalid=true]")?.focus();
