// Live parts: [data-live="topic"] with an id are fetched anew when their topic changes. Only the visible tab has a
// stream; a hidden one, or one without a stream, asks now and then. A part in which someone is typing, or whose form
// was changed and not yet sent, is left alone.
on("input", (event) => { if (event.target.form?.method === "post") event.target.form.dataset.dirty = "1"; });
on("submit", (event) => { delete event.target.dataset.dirty; });
let stream, seq = 0, stale = new Set(), settle, poll;
const topics = () => [...new Set(all("[data-live]").flatMap((it) => it.dataset.live.split(/\s+/)))];

function changed(list) {
  for (const part of all("[data-live]"))
    if (part.id && part.dataset.live.split(/\s+/).some((it) => list.includes(it))) stale.add(part.id);
  clearTimeout(settle);
  settle = setTimeout(renew, 200);
}

async function renew() {
  const free = [...stale].filter((id) => {
    const part = document.getElementById(id);
    const active = document.activeElement;
    return part && !(part.contains(active) && editable(active)) && !find("dialog[open], form[data-dirty]", part);
  });
  if (!free.length) return;
  free.forEach((id) => stale.delete(id));
  try {
    const answer = await fetch(location.href, { headers: { "X-Swap": free.join(" ") }, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) take(await answer.text(), free);
  } catch { free.forEach((id) => stale.add(id)); }
}
on("focusout", () => stale.size && setTimeout(renew, 200));

async function check() {
  try {
    const answer = await fetch(`/live/since?seq=${seq}&topics=${topics().join(",")}`, { credentials: "same-origin" });
    if (!answer.ok) return;
    const news = await answer.json();
    seq = news.seq;
    if (news.topics.length) changed(news.topics);
  } catch { /* asked again at the next turn */ }
}

function listen() {
  stream?.close();
  stream = null;
  clearInterval(poll);
  if (!topics().length) return;
  if (document.hidden || !window.EventSource) {
    poll = setInterval(check, 30000);
    return;
  }
  check();
  stream = new EventSource("/live?topics=" + topics().join(","));
  stream.onmessage = (event) => {
    const news = JSON.parse(event.data);
    seq = news.seq;
    changed(news.topics);
  };
  stream.onerror = () => {
    clearInterval(poll);
    if (stream?.readyState === EventSource.CLOSED) poll = setInterval(check, 15000);
  };
}
on("visibilitychange", listen);
on("pagehide", () => stream?.close(), window);
on("pageshow", (event) => event.persisted && listen(), window);
listen();
