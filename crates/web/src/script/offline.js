// The service worker: keeps the job pages for work without network, and queues posts of jobs in the order they were
// made. A post carries its command id in its body, so that sending it twice does it once, and the account that made it,
// so that nobody else's session sends it.
"use strict";
const PAGES = "pages-1", FILES = "files-1";
const JOBS = /^\/jobs(\/|$)/;
const PATIENCE = 15000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.add("/offline")).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== PAGES && name !== FILES) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method === "GET") {
    if (url.pathname.startsWith("/assets/")) event.respondWith(file(event.request));
    else if (JOBS.test(url.pathname)) event.respondWith(page(event.request));
  } else if (event.request.method === "POST") {
    if (/^\/sign-(in|out)$/.test(url.pathname)) event.waitUntil(caches.delete(PAGES));
    else if (JOBS.test(url.pathname)) event.respondWith(act(event.request, url));
  }
});

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

// A page comes from the network while there is one; a part of a page is never kept in its place.
async function page(request) {
  const pages = await caches.open(PAGES);
  const path = new URL(request.url).pathname;
  try {
    const answer = await patient(fetch(request));
    if (answer.ok && !answer.redirected && !request.headers.has("x-swap")) pages.put(path, answer.clone());
    return answer;
  } catch {
    const kept = await pages.match(path) || await caches.match("/offline");
    return kept || Response.error();
  }
}

const patient = (work) => Promise.race([work, new Promise((_, no) => setTimeout(no, PATIENCE, new TypeError("slow")))]);

async function act(request, url) {
  const at = Date.now();
  const body = await request.clone().arrayBuffer();
  const waits = (await items()).some((it) => it.state === "waiting");
  if (!waits) {
    try {
      const answer = await patient(fetch(request));
      if (answer.ok) renew(url.pathname);
      return answer;
    } catch { /* no network: queued below */ }
  }
  await store("readwrite", (table) => table.add({
    at, path: url.pathname, query: url.search, state: "waiting", why: "",
    type: request.headers.get("content-type") || "", body, account: request.headers.get("x-account") || "",
    label: decodeURIComponent(request.headers.get("x-label") || "") || url.pathname,
  }));
  await spread();
  self.registration.sync?.register("replay").catch(() => {});
  if (waits) replay();
  if (request.headers.has("x-label")) return new Response("", { status: 202, headers: { "x-queued": "1" } });
  return Response.redirect(request.referrer || "/jobs", 303);
}

// The kept pages of a job follow what was done to it.
const renew = (path) => {
  for (const it of ["/jobs", path.replace(/\/steps\/.*/, "")]) page(new Request(it, { credentials: "same-origin" })).catch(() => {});
};

// Sends what waits, one after another. A refusal is an answer and stays to be read; a fault or no network stops the
// round, and so does an expired session.
let running = null;
const replay = () => (running ??= round().finally(() => { running = null; }));

async function round() {
  for (const item of await items()) {
    if (item.state === "done" && Date.now() - item.at > 86400000) await change(item, null);
    if (item.state !== "waiting") continue;
    let answer;
    try {
      // How long it waited by this phone's own clock, which may be wrong about the hour but not about the length.
      const headers = {
        accept: "application/json", "x-account": item.account, "x-waited": String(Date.now() - item.at),
        ...(item.type && { "content-type": item.type }),
      };
      const post = { method: "POST", headers, body: item.body, credentials: "same-origin" };
      answer = await patient(fetch(item.path + item.query, post));
    } catch { return spread(); }
    if (answer.headers.has("x-other-account")) { await change(item, { why: "other" }); continue; }
    const signedOut = answer.status === 401 || new URL(answer.url || location.href).pathname === "/sign-in";
    if (signedOut) { await change(item, { why: "sign-in" }); return spread(); }
    if (answer.status >= 500 || answer.status === 429) return spread();
    const told = await answer.json().catch(() => ({}));
    const why = told.what ? parts(told) : decodeURIComponent(answer.headers.get("x-refusal") || String(answer.status));
    await change(item, answer.ok ? { state: "done", why: "", body: null } : { state: "refused", why });
    renew(item.path);
    await spread(true);
  }
  return spread();
}

// What, why, what next.
const parts = (told) => `${told.what}：${told.because.map((it) => it.text).join("；")}。${told.next}`;

self.addEventListener("sync", (event) => { if (event.tag === "replay") event.waitUntil(replay()); });
self.addEventListener("message", (event) => {
  const { ask, forget, keep } = event.data;
  if (ask === "queue") event.waitUntil(spread());
  if (ask === "replay") event.waitUntil(replay());
  if (forget) event.waitUntil(store("readwrite", (table) => table.delete(forget)).then(() => spread()));
  if (keep) event.waitUntil(Promise.all(keep.slice(0, 50).map((url) => (new URL(url).pathname.startsWith("/assets/") ? file : page)(new Request(url)).catch(() => {}))));
});

async function spread(synced) {
  const queue = (await items()).map(({ n, at, path, label, state, why }) => ({ n, at, path, label, state, why }));
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage({ queue, synced: !!synced });
}

const items = () => store("readonly", (table) => table.getAll());
const change = (item, news) =>
  store("readwrite", (table) => news ? table.put({ ...item, ...news }) : table.delete(item.n));

function store(mode, work) {
  return new Promise((done, fail) => {
    const open = indexedDB.open("queue", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("posts", { keyPath: "n", autoIncrement: true });
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const turn = open.result.transaction("posts", mode);
      const asked = work(turn.objectStore("posts"));
      turn.oncomplete = () => { open.result.close(); done(asked.result); };
      turn.onerror = turn.onabort = () => { open.result.close(); fail(turn.error); };
    };
  });
}
