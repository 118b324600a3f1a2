// The bytes of files that wait to be sent: in the browser's database, under their message's id.

const DATABASE = "donghanh";
const STORE = "files";

export const MOST_BYTES = 100 * 1024 * 1024;  // two of the largest messages; more is sent from memory

export async function keepFiles(id, files) {
  if (await keptBytes() + bytesOf(files) > MOST_BYTES) throw new Error("enough files are kept");
  await inStore("readwrite", (store) => store.put(files, id));
}

// The files of a message, or null where they are not kept.
export async function keptFiles(id) {
  try { return (await inStore("readonly", (store) => store.get(id))) || null; } catch { return null; }
}

export async function forgetFiles(id) {
  try { await inStore("readwrite", (store) => store.delete(id)); } catch { /* nothing was kept */ }
}

// What was left behind by a page that ended between two steps.
export async function forgetAllBut(ids) {
  try {
    for (const id of await inStore("readonly", (store) => store.getAllKeys())) {
      if (!ids.has(id)) await forgetFiles(id);
    }
  } catch { /* nothing was kept */ }
}

async function keptBytes() {
  const all = await inStore("readonly", (store) => store.getAll());
  return all.reduce((sum, files) => sum + bytesOf(files), 0);
}

function bytesOf(files) {
  return files.reduce((sum, file) => sum + file.size, 0);
}

async function inStore(mode, work) {
  const database = await asPromise(opening());
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const [result] = await Promise.all([asPromise(work(transaction.objectStore(STORE))), done]);
    return result;
  } finally {
    database.close();
  }
}

function opening() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return request;
}

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
