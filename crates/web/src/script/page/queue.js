// Offline work on phones. The service worker holds the job pages and queues posts; this part shows the queue in #queue,
// moves the stepper on, and asks for uploading. Without https there is no service worker, and forms simply go on line.
const box = () => find("#queue");
if (box()) Object.assign(words, JSON.parse(box().dataset.words));
const worker = () => navigator.serviceWorker?.controller;
const tell = (message) => worker()?.postMessage(message);

function show(items) {
  const strip = box();
  if (!strip) return;
  const waits = items.filter((it) => it.state === "waiting").length;
  const refused = items.filter((it) => it.state === "refused").length;
  const signIn = items.some((it) => it.why === "sign-in");
  const other = items.some((it) => it.why === "other");
  const parts = [];
  if (!navigator.onLine) parts.push(say("no_network"));
  if (waits) parts.push(say("waiting", waits));
  if (refused) parts.push(say("not_done", refused));
  if (other) parts.push(say("other_account"));
  if (signIn) parts.push(say("sign_in_to_send"));
  strip.classList.toggle("calm", !parts.length);
  strip.hidden = !parts.length && !items.length;
  // What was refused has to be read before it is forgotten.
  if (refused) strip.open = true;
  find("[data-sum]", strip).textContent = parts.join(" · ") || say("all_sent");
  const list = find("ol", strip);
  list.textContent = "";
  for (const item of items) {
    const line = list.appendChild(document.createElement("li"));
    line.dataset.fate = item.state;
    const fate = item.state === "refused" ? say("refused", item.why) : say("fate_" + item.state);
    line.textContent = `${new Date(item.at).toTimeString().slice(0, 5)} ${item.label} · ${fate}`;
    if (item.state === "waiting") continue;
    const button = line.appendChild(document.createElement("button"));
    button.className = "plain";
    button.textContent = say("seen");
    button.onclick = () => tell({ forget: item.n });
  }
  for (const item of items) mark(item);
}

// A step whose post waits is shown as such, and the next step can be done. Forms beside the way move nothing on.
function mark(item) {
  const form = all("form[data-offline]").find((it) => new URL(it.action, location.href).pathname === item.path);
  const step = form?.closest("[data-step]");
  if (!step || item.state !== "waiting" || form.dataset.offline === "side") return;
  step.dataset.step = "waiting";
  find("use", step)?.setAttribute("href", "#lamp-guess");
  const clock = find(".clock", step);
  if (clock) clock.textContent = say("fate_waiting");
  find(".turn", step)?.setAttribute("hidden", "");
  let next = step.nextElementSibling;
  while (/^(done|skipped)$/.test(next?.dataset.step)) next = next.nextElementSibling;
  if (next?.dataset.step !== "later") return;
  next.dataset.step = "now";
  find(".turn", next)?.removeAttribute("hidden");
}

// Where the browser allows no offline work, the page says so.
const holds = "serviceWorker" in navigator && window.isSecureContext;
const admit = () => holds || find("[data-no-offline]")?.removeAttribute("hidden");
on("swapped", admit);
admit();
// When the way has gone on, the next step comes into sight.
const ahead = () => find("[data-step=now] b")?.textContent;
let standing = ahead();
on("swapped", () => {
  if (standing === ahead()) return;
  standing = ahead();
  find("[data-step=now]")?.scrollIntoView({ block: "center" });
});

if (holds && box()) {
  const greet = () => {
    tell({ ask: "queue" });
    tell({ ask: "replay" });
    const files = all("link[rel=stylesheet], script[src]").map((it) => it.href || it.src);
    if (navigator.onLine) tell({ keep: [location.href, ...files, ...all("a[data-keep]").map((it) => it.href)] });
  };
  // At the very first visit the worker takes over only now, and has to be told what to keep all the same.
  navigator.serviceWorker.register("/offline.js").then(() => navigator.serviceWorker.ready).then(greet);
  on("message", (event) => {
    if (!event.data.queue) return;
    show(event.data.queue);
    if (!event.data.synced) return;
    stale.add("main");
    changed([]);
  }, navigator.serviceWorker);
  on("controllerchange", greet, navigator.serviceWorker);
  on("online", () => tell({ ask: "replay" }), window);
  on("offline", () => tell({ ask: "queue" }), window);
  on("swapped", () => tell({ ask: "queue" }));
}
on("sent", (event) => {
  if (!event.detail.headers.has("x-queued")) return;
  const form = event.target;
  if (form.elements.command) form.elements.command.value = fresh();
});
