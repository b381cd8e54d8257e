// Keeps the basket button, the bottom bar and the live region in step with the basket, whoever changed it.
const follow = () => {
  const basket = document.getElementById("basket");
  if (!basket) return;
  const tell = (selector, text) => document.querySelectorAll(selector).forEach((node) => { node.textContent = text; });
  tell("[data-basket-count]", basket.dataset.count);
  tell("[data-basket-total]", basket.dataset.total);
  document.querySelectorAll("[data-mobar]").forEach((bar) => { bar.hidden = basket.dataset.count === "0"; });
  if (!basket.querySelector("hold-timer")) tell("[data-basket-clock]", "");
};
// Whoever works with the keyboard stays where they were: the same button, else the one that took its place.
const controls = (basket) => [...basket.querySelectorAll("a, button, summary, select, input:not([type=hidden])")];
const named = (node) => node.id || node.getAttribute("aria-label") || node.textContent.trim();
let left = null;
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const at = document.activeElement;
  if (target.id !== "basket") return;
  const typed = target.querySelector("[name=code].input")?.value;
  left = target.contains(at) || at.closest("[data-seat-notice]") ? { name: named(at), place: controls(target).indexOf(at), typed } : null;
});
const stay = () => {
  const basket = document.getElementById("basket"), all = controls(basket);
  const same = all.find((node) => node.matches("[aria-invalid=true]")) ?? all.find((node) => named(node) === left.name);
  basket.tabIndex = -1;
  if (same?.matches("[name=code]")) same.value = left.typed;
  (same ?? all[Math.min(left.place, all.length - 1)] ?? basket).focus({ preventScroll: !same });
  left = null;
};
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "basket") return;
  follow();
  document.querySelectorAll("[data-seat-notice]").forEach((node) => node.replaceChildren());
  if (left) stay();
});
document.addEventListener("basket-changed", follow);
// On a narrow screen the dates scroll sideways: show the chosen one.
document.querySelector(".dates [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
