// Speaks to the API with the key of the door. Three ways to end: an answer, a refusal (it understood and says no), or
// no network, which includes a server that does not answer in time.

export class NoNetwork extends Error {}

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.title ?? String(status));
    this.status = status;
    this.code = problem.code ?? "";
  }
}

const PATIENCE = 4000;
let key = "";

export function useKey(secret) {
  key = secret;
}

export async function ask(path, { body, etag, patience = PATIENCE } = {}) {
  const headers = { Authorization: `Bearer ${key}`, Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (body) headers["Content-Type"] = "application/json";
  if (etag) headers["If-None-Match"] = etag;
  let answer;
  try {
    answer = await fetch(`/api/v1/${path}`, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new NoNetwork();
  }
  if (answer.status === 304) return { unchanged: true };
  if (answer.status >= 500) throw new NoNetwork();
  const told = await answer.json().catch(() => { throw new NoNetwork(); });
  if (!answer.ok) throw new Refused(answer.status, told);
  return { told, etag: answer.headers.get("ETag") };
}
