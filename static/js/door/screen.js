// What people see, hear and feel. Words come from the page, so this knows no language.

const lang = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });
const evening = new Intl.DateTimeFormat(lang, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const counted = new Intl.NumberFormat(lang);
const GOOD = "accepted";

export const at = (moment) => clock.format(new Date(moment));
export const on = (moment) => evening.format(new Date(moment));
export const number = (value) => counted.format(value);
export const say = (texts) => texts?.[lang] ?? texts?.nl ?? Object.values(texts ?? {})[0] ?? "";
export const seatWords = (seat) => [seat?.area, seat?.row, seat?.seat].map(say).filter(Boolean).join(", ");
export const find = (id) => document.getElementById(id);

// A sentence of the page with its gaps filled: `word("used-at", { time: "19:32" })`.
export function word(name, gaps = {}) {
  const text = find("words").content.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
  return text.replace(/\{(\w+)\}/g, (_gap, key) => gaps[key] ?? "");
}

export function show(name) {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
  document.body.dataset.showing = name;
}

// The big answer. It stays until the next reading when somebody must be told something; a welcome goes by itself.
export class Result {
  #timer = 0;

  constructor(panel, { sound }) {
    this.panel = panel;
    this.sound = sound;
    panel.addEventListener("click", () => this.hide());
  }

  show({ result, seat, lines = [], isOffline = false }) {
    clearTimeout(this.#timer);
    const face = find(`result-${result}`).content.cloneNode(true);
    const details = face.querySelector("[data-lines]");
    if (seat) details.append(line(seatWords(seat), "result__seat"), line(say(seat.price_type), "result__tariff"));
    if (seat?.needs_proof && result === GOOD) details.append(line(word("check-proof"), "result__proof"));
    for (const text of lines) details.append(line(text));
    if (isOffline) details.append(line(word("judged-offline"), "result__note"));
    this.panel.replaceChildren(face);
    this.panel.dataset.result = result;
    this.panel.hidden = false;
    signal(result === GOOD, this.sound());
    if (result === GOOD && !seat?.needs_proof) this.#timer = setTimeout(() => this.hide(), 2200);
  }

  hide() {
    clearTimeout(this.#timer);
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }
}

function line(text, className = "") {
  const item = document.createElement("p");
  item.textContent = text;
  item.className = className;
  return item;
}

let audio;

function signal(isGood, withSound) {
  navigator.vibrate?.(isGood ? 80 : [180, 90, 180]);
  if (!withSound) return;
  audio ??= new AudioContext();
  const notes = isGood ? [[880, 0], [1320, 0.09]] : [[220, 0], [220, 0.22]];
  for (const [pitch, after] of notes) {
    const start = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { type: isGood ? "sine" : "square", frequency: pitch });
    const volume = new GainNode(audio, { gain: 0.16 });
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + (isGood ? 0.09 : 0.16));
  }
}

export function remember(list, { result, text, time }) {
  const row = find("log-row").content.cloneNode(true);
  row.querySelector("li").dataset.result = result;
  row.querySelector("[data-time]").textContent = time;
  row.querySelector("[data-answer]").textContent = word(`short-${result}`);
  row.querySelector("[data-text]").textContent = text;
  list.prepend(row);
  while (list.children.length > 30) list.lastElementChild.remove();
  find("log-empty").hidden = true;
}
