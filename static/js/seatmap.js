// The seat map as an island: the server draws the SVG, this adds zoom, arrow keys, holding on click and live states.
//
// <seat-map data-hold-url data-states-url data-since> holds one <svg> whose seats are [role=checkbox] with
//   data-place (short plan id), data-state (f free, t taken, m mine) and data-rank (which legend entry gives its price).
// Hold: POST place=<id>&action=hold|release. 200 answers the basket as HTML, 409 a notice; both may carry the header
//   X-Seat-States "id letter id letter …". States: GET ?since=… answers a line with the next token and then such pairs.

const POLL = 2000, IDLE_POLL = 10000, IDLE_AFTER = 60000, MAX_ZOOM = 5, STEP_ZOOM = 1.5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class SeatMap extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector("svg[data-seats]") ?? this.querySelector("svg");
    if (!this.svg) return;
    this.frame = this.querySelector("[data-frame]");
    this.bubble = this.querySelector("[data-popover]");
    this.seats = [...this.svg.querySelectorAll("[data-place]")];
    this.byId = new Map(this.seats.map((seat) => [seat.dataset.place, seat]));
    this.since = this.dataset.since ?? "";
    this.zoom = 1;
    this.queue = Promise.resolve();
    this.touched = performance.now();
    this.rove(this.seats.find((seat) => seat.dataset.state === "m") ?? this.seats.find((seat) => seat.dataset.state === "f") ?? this.seats[0]);
    this.listen();
    // A narrow screen begins with a map wider than itself: that width is what zooming starts from.
    this.base = this.frame ? this.svg.getBoundingClientRect().width / this.frame.clientWidth : 1;
    if (this.frame) this.frame.scrollLeft = (this.frame.scrollWidth - this.frame.clientWidth) / 2;
    this.poll();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.stopped?.abort();
  }

  listen() {
    this.stopped = new AbortController();
    const on = (target, type, handle, more) => target.addEventListener(type, handle, { signal: this.stopped.signal, ...more });
    on(this.svg, "click", (event) => this.dragged || this.choose(this.seatOf(event)));
    on(this.svg, "keydown", (event) => this.key(event));
    on(this.svg, "focusin", (event) => this.show(this.seatOf(event)));
    on(this.svg, "focusout", () => this.hide());
    on(this.svg, "pointerover", (event) => event.pointerType === "mouse" && this.show(this.seatOf(event)));
    on(this.svg, "pointerleave", () => this.hide());
    on(this, "click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) this.zoomTo(this.zoom * (button.dataset.zoom === "in" ? STEP_ZOOM : 1 / STEP_ZOOM));
    });
    on(document, "visibilitychange", () => document.hidden || this.poll());
    on(document, "pointerdown", () => { this.touched = performance.now(); }, { passive: true });
    on(document, "hold-expired", () => this.poll());
    on(document, "htmx:afterRequest", (event) => this.apply(event.detail.xhr.getResponseHeader("X-Seat-States")));
    on(document, "click", (event) => this.toggleRank(event.target.closest?.("[data-rank-toggle]")));
    if (this.frame) this.listenToFrame(on);
  }

  // ---- zoom and pan: the frame scrolls, so a finger pans it natively and focus brings a seat into view by itself

  listenToFrame(on) {
    on(this.frame, "wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoomTo(this.zoom * Math.exp(-event.deltaY / 200), event.clientX, event.clientY);
    }, { passive: false });
    on(this.frame, "touchmove", (event) => this.pinch(event), { passive: false });
    on(this.frame, "touchend", () => { this.span = null; });
    on(this.frame, "pointerdown", (event) => {
      this.dragged = false;
      if (event.pointerType === "mouse" && event.button === 0) this.from = [event.clientX, event.clientY, this.frame.scrollLeft, this.frame.scrollTop];
    });
    on(window, "pointermove", (event) => this.drag(event));
    on(window, "pointerup", () => { this.from = null; });
  }

  drag(event) {
    if (!this.from) return;
    const [x, y, left, top] = this.from, dx = event.clientX - x, dy = event.clientY - y;
    if (!this.dragged && Math.hypot(dx, dy) < 6) return;
    this.dragged = true;
    this.hide();
    this.frame.scrollTo({ left: left - dx, top: top - dy, behavior: "instant" });
  }

  pinch(event) {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches, span = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (this.span) this.zoomTo(this.zoom * span / this.span, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
    this.span = span;
  }

  zoomTo(wanted, clientX, clientY) {
    const zoom = clamp(wanted, 1, MAX_ZOOM);
    if (!this.frame || zoom === this.zoom) return;
    const box = this.frame.getBoundingClientRect();
    // On a phone the hall is drawn wider than the frame from the start.
    if (this.zoom === 1) this.whole = this.svg.getBoundingClientRect().width / this.frame.clientWidth;
    const x = (clientX ?? box.left + box.width / 2) - box.left, y = (clientY ?? box.top + box.height / 2) - box.top;
    const fx = (this.frame.scrollLeft + x) / this.frame.scrollWidth, fy = (this.frame.scrollTop + y) / this.frame.scrollHeight;
    this.frame.style.height = zoom === 1 ? "" : `${box.height}px`;
    this.svg.style.width = zoom === 1 ? "" : `${zoom * this.whole * 100}%`;
    this.zoom = zoom;
    this.hide();
    this.frame.scrollTo({ left: fx * this.frame.scrollWidth - x, top: fy * this.frame.scrollHeight - y, behavior: "instant" });
  }

  // ---- keyboard: one seat is in the tab order, the arrows walk over the hall as it lies there

  seatOf(event) { return event.target.closest("[data-place]"); }

  rove(seat) {
    if (!seat || seat === this.current) return;
    this.current?.setAttribute("tabindex", "-1");
    seat.setAttribute("tabindex", "0");
    this.current = seat;
  }

  key(event) {
    const seat = this.seatOf(event);
    if (!seat || event.ctrlKey || event.metaKey || event.altKey) return;
    this.touched = performance.now();
    if (event.key === " " || event.key === "Enter") this.choose(seat);
    else if (ARROWS[event.key]) this.go(this.next(seat, ARROWS[event.key]));
    else if (event.key === "Home") this.go(this.rowOf(seat)[0]);
    else if (event.key === "End") this.go(this.rowOf(seat).at(-1));
    else if (event.key === "+" || event.key === "-") this.zoomTo(this.zoom * (event.key === "+" ? STEP_ZOOM : 1 / STEP_ZOOM));
    else if (event.key === "Escape") this.hide();
    else return;
    event.preventDefault();
  }

  go(seat) {
    if (!seat) return;
    this.rove(seat);
    seat.focus();
  }

  rowOf(seat) {
    return [...seat.parentNode.querySelectorAll("[data-place]")].sort((a, b) => this.centre(a)[0] - this.centre(b)[0]);
  }

  next(seat, [dx, dy]) {
    if (dx) {
      const row = this.rowOf(seat), beside = row[row.indexOf(seat) + dx];
      if (beside) return beside;
    }
    const [x, y] = this.centre(seat);
    let best = null, least = Infinity;
    for (const other of this.seats) {
      const [ox, oy] = this.centre(other), along = (ox - x) * dx + (oy - y) * dy, across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (other === seat || other.parentNode === seat.parentNode || along <= 0 || across > (dx ? 0.5 : 4) * along) continue;
      if (along + 2 * across < least) { least = along + 2 * across; best = other; }
    }
    return best;
  }

  centre(seat) {
    if (!seat.centre) {
      const box = seat.getBBox(), at = seat.transform?.baseVal.consolidate()?.matrix;
      seat.centre = [box.x + box.width / 2 + (at?.e ?? 0), box.y + box.height / 2 + (at?.f ?? 0)];
    }
    return seat.centre;
  }

  // ---- what a seat is and costs, beside it

  show(seat) {
    if (!seat || !this.bubble) { this.hide(); return; }
    const legend = this.legendOf(seat);
    const [title, detail] = this.bubble.children;
    const label = seat.getAttribute("aria-label") ?? "";
    title.textContent = seat.dataset.label ?? label.split(",").slice(0, 3).join(",");
    detail.textContent = seat.dataset.state === "t" ? this.dataset.taken : [legend?.dataset.name, legend?.dataset.price].filter(Boolean).join(" · ");
    this.bubble.hidden = false;
    const box = seat.getBoundingClientRect(), mine = this.getBoundingClientRect(), half = this.bubble.offsetWidth / 2;
    const left = clamp(box.left + box.width / 2 - mine.left, half + 4, mine.width - half - 4);
    const above = box.top - mine.top - this.bubble.offsetHeight - 8;
    this.bubble.style.left = `${left - half}px`;
    this.bubble.style.top = `${above >= 0 ? above : box.bottom - mine.top + 8}px`;
  }

  legendOf(seat) {
    return this.closest("[data-map-card]")?.querySelector(`[data-rank-toggle="${CSS.escape(seat.dataset.rank ?? "")}"]`);
  }

  hide() { if (this.bubble) this.bubble.hidden = true; }

  toggleRank(chip) {
    if (!chip) return;
    const off = chip.getAttribute("aria-pressed") === "true";
    chip.setAttribute("aria-pressed", String(!off));
    this.seats.forEach((seat) => seat.dataset.rank === chip.dataset.rankToggle && seat.classList.toggle("is-dimmed", off));
  }

  // ---- choosing: paint at once, post in order, put it right when the server says no

  choose(seat) {
    if (!seat || !["f", "m"].includes(seat.dataset.state)) { if (seat) this.say(this.dataset.taken); return; }
    const was = seat.dataset.state, wanted = was === "f" ? "m" : "f";
    this.rove(seat);
    this.paint(seat, wanted);
    seat.classList.add("is-pending");
    this.queue = this.queue.then(() => this.post(seat, was, wanted)).catch(() => this.undo(seat, was, this.dataset.offline));
  }

  async post(seat, was, wanted) {
    const body = new URLSearchParams({ place: seat.dataset.place, action: wanted === "m" ? "hold" : "release" });
    // What the legend says is what must be paid; a code in the basket changes that, and is judged at the pay button.
    const shown = this.legendOf(seat)?.dataset.gross;
    if (wanted === "m" && shown && !document.querySelector("#basket[data-codes]")) body.set("shown", shown);
    const answer = await fetch(this.dataset.holdUrl, { method: "POST", body, headers: { "X-Seat-Map": "1" } });
    const html = await answer.text();
    seat.classList.remove("is-pending");
    if (!answer.ok) this.paint(seat, was);
    this.apply(answer.headers.get("X-Seat-States"));
    if (answer.ok) this.fill(html);
    else if (answer.status === 409 || answer.status === 422) this.notice(html);
    else this.say(answer.status === 429 ? this.dataset.busy : this.dataset.offline);
  }

  undo(seat, was, sentence) {
    seat.classList.remove("is-pending");
    this.paint(seat, was);
    this.say(sentence);
  }

  fill(html) {
    const basket = document.getElementById("basket");
    if (basket) { basket.outerHTML = html; window.htmx?.process(document.getElementById("basket")); }
    document.querySelectorAll("[data-seat-notice]").forEach((node) => { node.replaceChildren(); });
    document.dispatchEvent(new Event("basket-changed"));
  }

  notice(html) {
    const place = document.querySelector("[data-seat-notice]");
    if (!place) return;
    place.innerHTML = html;
    window.htmx?.process(place);
    this.say(place.textContent.trim());
  }

  say(sentence) {
    const live = document.getElementById("live");
    if (live && sentence) live.textContent = sentence;
  }

  paint(seat, state) {
    if (seat.dataset.state === state) return;
    seat.dataset.state = state;
    seat.setAttribute("aria-checked", String(state === "m"));
    if (state === "t") seat.setAttribute("aria-disabled", "true"); else seat.removeAttribute("aria-disabled");
    const word = this.dataset[{ f: "wordFree", t: "wordTaken", m: "wordMine" }[state]];
    const label = seat.getAttribute("aria-label");
    if (word && label) seat.setAttribute("aria-label", label.replace(/[^,]*$/, ` ${word}`));
  }

  // ---- live states: only what changed, and only while somebody looks

  apply(pairs, theirs = false) {
    if (!pairs) return;
    const words = pairs.trim().split(/\s+/);
    for (let at = 0; at + 1 < words.length; at += 2) {
      const seat = this.byId.get(words[at]);
      if (!seat || seat.classList.contains("is-pending")) continue;
      // The shared answer knows no buyers: a seat of ours reads as taken there.
      if (theirs && seat.dataset.state === "m" && words[at + 1] === "t") continue;
      this.paint(seat, words[at + 1]);
    }
  }

  async poll() {
    clearTimeout(this.timer);
    if (document.hidden || !this.dataset.statesUrl || !this.isConnected) return;
    try {
      const answer = await fetch(`${this.dataset.statesUrl}?since=${encodeURIComponent(this.since)}`, { credentials: "omit", cache: "no-store" });
      if (answer.status === 200) {
        const text = await answer.text(), end = text.indexOf("\n");
        this.since = end < 0 ? text.trim() : text.slice(0, end).trim();
        if (end >= 0) this.apply(text.slice(end + 1), true);
      }
    } catch { /* offline for a moment: the next poll catches up, nothing is skipped */ }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.poll(), performance.now() - this.touched > IDLE_AFTER ? IDLE_POLL : POLL);
  }
}

customElements.define("seat-map", SeatMap);
