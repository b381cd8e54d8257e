// Decides without network, as the server would with the list of the moment it was made.
//
// A square is one long decimal number: 90 bytes, of which the first 26 are signed (version, key id, performance,
// serial) and the other 64 are an ECDSA P-256 signature. A typed code is on the list as a hash only.

const DIGITS = 215;
const CONTENT = 90;
const SIGNED = 26;

export function looksLikeSquare(text) {
  return text.length === DIGITS && /^\d+$/.test(text);
}

export class Judge {
  constructor(list) {
    this.list = list;
    this.code = list.performance.code;
    this.bySerial = new Map(list.tickets.map((ticket) => [ticket.serial, ticket]));
    this.byHash = new Map(list.tickets.map((ticket) => [ticket.code_hash, ticket]));
    this.keys = new Map(list.keys.map((entry) => [entry.key_id, importKey(entry.point)]));
  }

  // → { result, serial, seat, usedAt, usedGate, isNew }; `used` knows what this door let in since the list was made.
  async judge(text, used) {
    const found = looksLikeSquare(text) ? await this.#square(text) : await this.#typed(text);
    if (!found.serial || found.result) return found;
    const ticket = this.bySerial.get(found.serial);
    const seat = ticket?.seat ?? null;
    if (ticket?.state === "cancelled") return { ...found, seat, result: "refunded" };
    const here = await used(found.serial);
    if (here) return { ...found, seat, result: "already_used", usedAt: here.at, usedGate: here.gate };
    if (ticket?.used_at) {
      return { ...found, seat, result: "already_used", usedAt: ticket.used_at, usedGate: ticket.used_gate };
    }
    // Genuine and for tonight, but not on the list: sold after the list was made.
    return { ...found, seat, result: "accepted", isNew: !ticket };
  }

  async #square(text) {
    const bytes = toBytes(text);
    const key = bytes && (await this.keys.get(bytes[1]));
    if (!key || bytes[0] !== 1) return { result: "forged" };
    const signed = bytes.slice(0, SIGNED);
    const isGenuine = await crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" }, key, bytes.slice(SIGNED), signed,
    );
    if (!isGenuine) return { result: "forged" };
    const words = new TextDecoder().decode(signed.slice(2));
    if (words.slice(0, 8) !== this.code) return { result: "wrong_performance", serial: words.slice(8) };
    return { serial: words.slice(8) };
  }

  async #typed(text) {
    const typed = text.replace(/[\s.-]/g, "").toUpperCase();
    const hash = await sha256(`${this.code}:${typed}`);
    const ticket = this.byHash.get(hash.slice(0, 32));
    return ticket ? { serial: ticket.serial } : { result: "unknown" };
  }
}

function toBytes(text) {
  let hex = BigInt(text).toString(16);
  if (hex.length > CONTENT * 2) return null;
  hex = hex.padStart(CONTENT * 2, "0");
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}

async function importKey(point) {
  const raw = Uint8Array.from(atob(point), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
}

async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
