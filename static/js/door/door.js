// The door: key → tonight's performance → scanning. Every reading asks the server; without network the door decides
// from its list, writes down what it did with a number of its own, and tells the server when it is back.

import * as api from "./api.js";
import { Camera } from "./camera.js";
import { Judge } from "./judge.js";
import { Result, at, find, number, on, remember, say, seatWords, show, word } from "./screen.js";
import * as store from "./store.js";

const LIST_EVERY = 60_000;
const BEAT = 10_000;
const BATCH = 100;

const page = document.body;
const input = find("code");
let gate = "";
let sound = true;
let chosen = null; // the performance we stand at
let judge = null;
let isOnline = navigator.onLine;
let beat = 0;
let counts = { valid: 0, inside: 0, refused: 0 };

const result = new Result(find("result"), { sound: () => sound });
const camera = new Camera(find("video"), {
  reader: { script: page.dataset.reader, wasm: page.dataset.readerWasm },
  onText: (text) => read(text),
});

// Beginning

async function begin() {
  navigator.serviceWorker?.register(page.dataset.worker, { scope: page.dataset.scope }).catch(() => {});
  sound = (await store.setting("sound")) ?? true;
  gate = (await store.setting("gate")) ?? "";
  find("gate").value = gate;
  paintSound();
  const linked = new URLSearchParams(location.hash.slice(1));
  if (linked.get("key")) {
    await store.set("key", linked.get("key"));
    if (linked.get("gate")) await useGate(linked.get("gate"));
    // The key leaves the address bar, and with it the history and every screenshot.
    history.replaceState(null, "", location.pathname);
  }
  const key = await store.setting("key");
  if (key) await enter(key);
  else show("enter");
  page.dataset.ready = "true";
}

async function useGate(name) {
  gate = name.trim().slice(0, 40);
  find("gate").value = gate;
  await store.set("gate", gate);
}

async function enter(key) {
  api.useKey(key);
  try {
    const { told } = await api.ask("doors");
    await store.set("key", key);
    store.persist();
    setOnline(true);
    offer(told);
  } catch (problem) {
    if (problem instanceof api.NoNetwork) await goOnAlone();
    else await leave(problem.message);
  }
}

// Without network at the start: the list we took along last time.
async function goOnAlone() {
  setOnline(false);
  const code = await store.setting("performance");
  const kept = code && (await store.get("lists", code));
  if (kept) await stand(kept.list.performance);
  else refuse(word("no-network-yet"));
}

async function leave(message) {
  clearInterval(beat);
  camera.stop();
  chosen = judge = null;
  await store.forget();
  refuse(message);
}

function refuse(message) {
  show("enter");
  const notice = find("enter-problem");
  notice.textContent = message;
  notice.hidden = !message;
  find("key").focus();
}

find("enter-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await useGate(find("gate").value);
  await enter(find("key").value);
  find("key").value = "";
});

// Choosing

function offer({ house, items }) {
  find("house").textContent = house;
  const choices = items.map((door) => {
    const row = find("choice").content.cloneNode(true);
    const button = row.querySelector("button");
    row.querySelector("[data-time]").textContent = at(door.starts_at);
    row.querySelector("[data-title]").textContent = say(door.title);
    row.querySelector("[data-hall]").textContent = say(door.hall);
    button.addEventListener("click", () => stand(door));
    return row;
  });
  find("choices").replaceChildren(...choices);
  find("no-choices").hidden = items.length > 0;
  if (items.length === 1) stand(items[0]);
  else show("choose");
}

async function stand(door) {
  chosen = door;
  await store.set("performance", door.code);
  find("title").textContent = say(door.title);
  find("when").textContent = [on(door.starts_at), say(door.hall), gate].filter(Boolean).join(" · ");
  show("scan");
  judge = null;
  counts = { valid: 0, inside: 0, refused: 0 };
  const kept = await store.get("lists", door.code);
  if (kept) {
    useList(kept.list);
    counts = counted(kept.list);
  }
  await paintConflicts();
  clearInterval(beat);
  beat = setInterval(pulse, BEAT);
  await pulse();
  input.focus();
  paintCamera();
}

find("change").addEventListener("click", async () => {
  clearInterval(beat);
  camera.stop();
  await enter(await store.setting("key"));
});
find("leave").addEventListener("click", () => leave(""));

// Reading

// One after the other, none lost: a scanner may be faster than the network.
let line = Promise.resolve();

function read(text) {
  if (chosen && text.trim()) line = line.then(() => answer(text.trim(), newNonce())).catch(() => result.show({ result: "undecided" }));
  return line;
}

async function answer(text, nonce) {
  // Known to be without network: nobody waits for a time-out. The beat finds out when it is back.
  if (!isOnline && judge) {
    await decide(text, nonce);
    pulseSoon();
    return;
  }
  const reading = { performance: chosen.code, payload: text, nonce, gate };
  try {
    const { told } = await api.ask("scans", { body: reading });
    setOnline(true);
    tell(told);
  } catch (problem) {
    if (problem instanceof api.NoNetwork) await decide(text, nonce);
    else if (!(problem instanceof api.Refused)) throw problem;
    else if (problem.status === 401) await leave(problem.message);
    else result.show({ result: "undecided", lines: [problem.message] });
  }
  pulseSoon();
}

function tell(told) {
  const lines = [];
  if (told.first_used_at) lines.push(whenAndWhere(told.first_used_at, told.first_gate));
  if (told.other_performance) lines.push(`${say(told.other_performance.title)}, ${on(told.other_performance.starts_at)}`);
  result.show({ result: told.result, seat: told.seat, lines });
  remember(find("log"), { result: told.result, text: seatWords(told.seat), time: at(told.scanned_at) });
}

const whenAndWhere = (moment, where) => word(where ? "used-at-gate" : "used-at", { time: at(moment), gate: where });

// Without network

async function decide(text, nonce) {
  setOnline(false);
  if (!judge || !crypto.subtle) {
    result.show({ result: "undecided", lines: [word(judge ? "needs-https" : "no-list")] });
    return;
  }
  const moment = new Date().toISOString();
  const used = (serial) => store.get("used", `${chosen.code}/${serial}`);
  const found = await judge.judge(text, used);
  if (found.result === "accepted") {
    await store.put("used", { key: `${chosen.code}/${found.serial}`, at: moment, gate });
  }
  await store.put("queue", { nonce, performance: chosen.code, payload: text, scanned_at: moment, shown: found.result, gate });
  const lines = [];
  if (found.usedAt) lines.push(whenAndWhere(found.usedAt, found.usedGate));
  if (found.isNew) lines.push(word("newer-than-list"));
  result.show({ result: found.result, seat: found.seat, lines, isOffline: true });
  remember(find("log"), { result: found.result, text: seatWords(found.seat), time: at(moment) });
  await paintState();
}

async function upload() {
  const waiting = await store.all("queue");
  waiting.sort((one, other) => one.scanned_at.localeCompare(other.scanned_at));
  const mine = waiting.filter((row) => row.performance === (chosen?.code ?? row.performance)).slice(0, BATCH);
  if (!mine.length) return false;
  const readings = mine.map(({ payload, nonce, scanned_at, shown, gate: where }) => ({ payload, nonce, scanned_at, shown, gate: where }));
  const { told } = await api.ask("scans/offline", { body: { performance: mine[0].performance, readings }, patience: 20_000 });
  for (const outcome of told.items) {
    if (outcome.is_conflict) await store.put("conflicts", { ...outcome, performance: mine[0].performance });
    await store.remove("queue", outcome.nonce);
  }
  await paintConflicts();
  return waiting.length > mine.length;
}

// The beat: tell what waits, fetch the list when it changed, count

let lastList = 0;
let isBeating = false;

async function pulse() {
  if (!chosen || isBeating) return;
  isBeating = true;
  const code = chosen.code;
  try {
    while (await upload());
    if (!judge || Date.now() - lastList > LIST_EVERY) await fetchList(code);
    const { told } = await api.ask(`doors/${code}/counts`);
    counts = told;
    setOnline(true);
  } catch (problem) {
    if (problem.status === 401) await leave(problem.message);
    else if (problem instanceof api.NoNetwork) setOnline(false);
  } finally {
    isBeating = false;
    await paintState();
  }
}

let soon = 0;
function pulseSoon() {
  clearTimeout(soon);
  soon = setTimeout(pulse, 400);
}

function counted({ tickets }) {
  const valid = tickets.filter((ticket) => ticket.state === "valid").length;
  return { valid, inside: tickets.filter((ticket) => ticket.used_at).length, refused: 0 };
}

async function fetchList(code) {
  const kept = await store.get("lists", code);
  const answer = await api.ask(`doors/${code}`, { etag: kept?.etag, patience: 20_000 });
  lastList = Date.now();
  const checkedAt = new Date().toISOString();
  const row = answer.unchanged ? { ...kept, checkedAt } : { code, list: answer.told, etag: answer.etag, checkedAt };
  await store.put("lists", row);
  if (chosen?.code === code) useList(row.list);
}

function useList(list) {
  if (crypto.subtle && judge?.list !== list) judge = new Judge(list);
}

function setOnline(value) {
  isOnline = value;
  paintState();
}

addEventListener("online", pulse);
addEventListener("offline", () => setOnline(false));
document.addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });

// Painting

async function paintState() {
  const kept = chosen && (await store.get("lists", chosen.code));
  const queued = (await store.all("queue")).filter((row) => row.performance === chosen?.code);
  const waiting = queued.length;
  const minutes = kept ? Math.floor((Date.now() - new Date(kept.checkedAt)) / 60_000) : 0;
  const age = kept ? word(minutes < 1 ? "list-fresh" : "list-age", { minutes: number(minutes) }) : word("list-none");
  const queue = waiting ? word("queue", { count: number(waiting) }) : "";
  page.dataset.online = String(isOnline);
  find("state-word").textContent = word(isOnline ? "online" : "offline");
  find("state-list").textContent = chosen ? [age, queue].filter(Boolean).join(" · ") : "";
  paintCounts(queued);
}

// The server's counts, and what this door did since.
function paintCounts(queued) {
  const { valid, inside, refused } = counts;
  const entered = queued.filter((row) => row.shown === "accepted").length;
  find("inside").textContent = number(inside + entered);
  find("valid").textContent = number(valid);
  find("refused").textContent = number(refused + queued.length - entered);
  const bar = find("fill");
  bar.max = Math.max(valid, 1);
  bar.value = inside + entered;
}

async function paintConflicts() {
  const rows = (await store.all("conflicts")).filter((row) => row.performance === chosen?.code);
  find("conflicts").hidden = rows.length === 0;
  find("conflicts-list").replaceChildren(...rows.map((row) => {
    const item = document.createElement("li");
    const what = row.first_used_at ? whenAndWhere(row.first_used_at, row.first_gate) : word(`short-${row.result}`);
    item.textContent = [at(row.scanned_at), seatWords(row.seat), what].filter(Boolean).join(" · ");
    return item;
  }));
}

find("conflicts-seen").addEventListener("click", async () => {
  for (const row of await store.all("conflicts")) await store.remove("conflicts", row.nonce);
  await paintConflicts();
  input.focus();
});

// Camera, sound, keyboard

function paintCamera() {
  find("camera-on").hidden = camera.isOn;
  find("camera-off").hidden = !camera.isOn;
  find("finder").dataset.on = String(camera.isOn);
}

find("camera-on").addEventListener("click", async () => {
  const problem = find("camera-problem");
  problem.hidden = true;
  try {
    if (!Camera.isPossible) throw new Error("impossible");
    await camera.start();
    navigator.wakeLock?.request("screen").catch(() => {});
  } catch {
    camera.stop();
    problem.textContent = word(Camera.isPossible ? "camera-refused" : "needs-https");
    problem.hidden = false;
  }
  paintCamera();
});
find("camera-off").addEventListener("click", () => { camera.stop(); paintCamera(); });

function paintSound() {
  find("sound").setAttribute("aria-pressed", String(sound));
}

find("sound").addEventListener("click", async () => {
  sound = !sound;
  await store.set("sound", sound);
  paintSound();
});

find("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value;
  input.value = "";
  read(text);
});

// A USB scanner types and presses Enter, wherever the focus happens to be.
addEventListener("keydown", (event) => {
  if (event.key === "Escape") result.hide();
  const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isTyping && chosen && !event.target.matches?.("input, textarea, button, a, summary")) input.focus();
});

function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

begin();
