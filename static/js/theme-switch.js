// Loaded in <head> before the first paint: applies the reader's own choice of light or dark, and says that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage may be closed; the system's choice stands */ }
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const paint = () => document.querySelectorAll("[data-theme-switch]").forEach((b) => b.setAttribute("aria-pressed", isDark()));

  document.addEventListener("DOMContentLoaded", paint);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* for this page only, then */ }
    paint();
  });
})();
