// What a door remembers between two visits and without network: its key, its list, what it let in, what it must tell.
// IndexedDB, because it may hold thousands of tickets and survives a closed tab.

const STORES = { settings: "name", lists: "code", used: "key", queue: "nonce", conflicts: "nonce" };

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("parterre-door", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(store, mode, work) {
  const transaction = (await database()).transaction(store, mode);
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (store, key) => run(store, "readonly", (rows) => rows.get(key));
export const all = (store) => run(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const remove = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));

export async function setting(name) {
  return (await get("settings", name))?.value;
}

export const set = (name, value) => put("settings", { name, value });

// Leaving a door takes everything along except what was not told yet.
export async function forget() {
  for (const store of ["settings", "lists", "used", "conflicts"]) await run(store, "readwrite", (rows) => rows.clear());
}

// Asks the browser not to throw the queue away when the phone runs full.
export const persist = () => navigator.storage?.persist?.().catch(() => false);
