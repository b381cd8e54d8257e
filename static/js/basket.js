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
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "basket") return;
  follow();
  document.querySelectorAll("[data-seat-notice]").forEach((node) => node.replaceChildren());
});
document.addEventListener("basket-changed", follow);
// On a narrow screen the dates scroll sideways: show the chosen one.
document.querySelector(".dates [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
