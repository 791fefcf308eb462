// Partial updates. A form or link with data-swap="id id" is sent in the background; the elements with these ids are
// taken from the answer, be it a fragment or a whole page. An answer without them is shown as the page it is.
let asking = new WeakMap();

function take(text, ids) {
  const template = document.createElement("template");
  template.innerHTML = text;
  const active = document.activeElement;
  const at = active?.id || (active?.name && `[name="${active.name}"]`);
  let taken = 0;
  for (const id of ids) {
    const fresh = template.content.querySelector("#" + CSS.escape(id));
    const old = document.getElementById(id);
    if (!fresh || !old) continue;
    const held = old.contains(active) && at;
    for (const fold of all("details[open][id]", old)) {
      const same = fresh.querySelector("#" + CSS.escape(fold.id));
      if (same) same.open = true;
    }
    old.replaceWith(fresh);
    if (held) (document.getElementById(at) || (at[0] === "[" && find(at, fresh)))?.focus();
    taken++;
  }
  if (taken) document.dispatchEvent(new CustomEvent("swapped"));
  return taken;
}

function whole(text, url) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  if (url) history.replaceState(null, "", url);
  document.dispatchEvent(new CustomEvent("swapped"));
}

async function ask(key, url, options, ids) {
  asking.get(key)?.abort();
  const stop = new AbortController();
  asking.set(key, stop);
  const headers = { ...options.headers, "X-Swap": ids.join(" ") };
  try {
    const answer = await fetch(url, { ...options, headers, signal: stop.signal, credentials: "same-origin" });
    const text = await answer.text();
    if (stop.signal.aborted) return null;
    if (answer.headers.has("x-queued")) return answer;
    if (!take(text, ids)) {
      if (answer.ok && answer.redirected) location.assign(answer.url);
      else whole(text);
    }
    notice("");
    return answer;
  } catch (error) {
    if (error.name !== "AbortError") notice(say("not_sent"));
    return null;
  }
}

// A quiet line at the foot of the page, for what the script itself has to say.
function notice(text) {
  let line = find("#notice");
  if (!line && text) {
    line = document.body.appendChild(document.createElement("p"));
    line.id = "notice";
    line.setAttribute("role", "status");
  }
  if (line) {
    line.textContent = text;
    line.hidden = !text;
  }
}

async function send(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const method = (button?.getAttribute("formmethod") || form.method).toUpperCase();
  const action = button?.getAttribute("formaction") || form.getAttribute("action");
  const url = new URL(action || location.href, location.href);
  const ids = (form.dataset.swap || "main").split(/\s+/).filter(Boolean);
  const fields = [...body].map(([name, value]) => [name, String(value)]);
  if (method === "GET") {
    url.search = new URLSearchParams(fields.filter(([, value]) => value));
    const answer = await ask(form, url, {}, ids);
    if (answer?.ok) history.replaceState(null, "", url);
    return answer;
  }
  if (form.dataset.busy) return null;
  form.dataset.busy = "1";
  if (button) button.disabled = true;
  const headers = {
    "X-Label": encodeURIComponent(form.dataset.label || button?.textContent.trim() || ""),
    "X-Account": document.documentElement.dataset.account || "",
  };
  const multipart = form.enctype === "multipart/form-data";
  const answer = await ask(form, url, { method, headers, body: multipart ? body : new URLSearchParams(fields) }, ids);
  delete form.dataset.busy;
  if (button) button.disabled = false;
  if (answer?.ok) {
    // The same button pressed again on a form that stays is another act, not the same one sent twice.
    if (!answer.headers.has("x-queued") && form.elements.command) form.elements.command.value = fresh();
    form.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: answer }));
  }
  return answer;
}

on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form.dataset.swap || form.dataset.offline !== undefined)) return;
  event.preventDefault();
  send(form, event.submitter);
});

on("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  ask(link, link.href, {}, link.dataset.swap.split(/\s+/)).then((answer) => {
    if (answer?.ok && link.dataset.stay === undefined) history.pushState({ swap: 1 }, "", link.href);
  });
});
on("popstate", () => location.reload(), window);

// Search boxes send their form a little after the last key, never inside an input method's composition.
let waiting;
function later(event) {
  const box = event.target.closest?.("[data-debounce]");
  if (!box || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => box.form?.requestSubmit(), Number(box.dataset.debounce) || 250);
}
on("input", later);
on("compositionend", later);

// A command's id lets a repeat be answered instead of done twice. A form changed after it was sent is a new command.
const fresh = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, "0")).join("");
on("submit", (event) => { event.target.dataset.used = "1"; });
on("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.used !== "1" || !form.elements.command) return;
  form.elements.command.value = fresh();
  delete form.dataset.used;
});
