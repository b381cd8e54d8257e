// Counts down the minutes a basket is kept. Takes the seconds left from the server, so a wrong clock does no harm.
const ROUND = 113; // circumference of the ring
const two = (number) => String(Math.floor(number)).padStart(2, "0");
const clock = (seconds) => {
  const minutes = Math.floor(seconds / 60);
  const head = minutes < 60 ? minutes : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return `${head}:${two(seconds % 60)}`;
};

customElements.define("hold-timer", class extends HTMLElement {
  connectedCallback() {
    this.endsAt = performance.now() + Number(this.dataset.left) * 1000;
    this.total = Number(this.dataset.total) || 900;
    this.warned = Number(this.dataset.left) <= 180;
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
    this.onVisible = () => document.hidden || this.tick();
    document.addEventListener("visibilitychange", this.onVisible);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  tick() {
    const left = Math.max(0, (this.endsAt - performance.now()) / 1000);
    const text = clock(left);
    this.querySelectorAll("[data-clock]").forEach((node) => { node.textContent = text; });
    document.querySelectorAll("[data-basket-clock]").forEach((node) => { node.textContent = ` · ${text}`; });
    this.querySelector("[data-ring]")?.setAttribute("stroke-dashoffset", String(ROUND * (1 - Math.min(1, left / this.total))));
    if (left <= 180 && left > 0 && !this.warned) this.say(this.dataset.soon);
    if (left <= 180) this.warned = true;
    if (left === 0) this.expire();
  }

  expire() {
    clearInterval(this.timer);
    this.say(this.dataset.over);
    document.querySelectorAll("[data-basket-clock]").forEach((node) => { node.textContent = ""; });
    document.dispatchEvent(new CustomEvent("hold-expired"));
    // The server shows the choice with "try the same places"; ask it for that basket. It told whole seconds, so its own
    // clock may have one more to go.
    setTimeout(() => this.refresh(), 1000);
  }

  refresh() {
    const basket = document.querySelector("[data-basket-url]");
    if (basket && window.htmx) htmx.ajax("GET", basket.dataset.basketUrl, { target: "#basket", swap: "outerHTML" });
    else if (this.dataset.reload !== undefined) location.reload();
  }

  say(sentence) {
    const place = document.getElementById("live");
    if (place && sentence) place.textContent = sentence;
  }
});
