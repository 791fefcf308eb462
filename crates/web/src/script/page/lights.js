// What all parts share: texts, the server's clock, small queries. Texts come from <meta name="words">.
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (name, act, root = document) => root.addEventListener(name, act);
const words = JSON.parse(find("meta[name=words]")?.content || "{}");
const say = (key, ...values) => (words[key] || key)
  .replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, n, one, many) =>
    one === undefined ? values[n] : values[n] === 1 ? one : many);
const offset = (Number(document.documentElement.dataset.now) || Date.now()) - Date.now();
const now = () => Math.floor((Date.now() + offset) / 1000);
const editable = (it) => it.matches?.("input:not([type=checkbox],[type=radio],[type=submit]), textarea, select, [contenteditable]");
const composing = (event) => event.isComposing || event.keyCode === 229;

// Time lights: every 15 seconds the words and the shape of running limits are computed anew, by the server's clock.
// [data-due] and [data-soon] hold seconds since 1970. More than a day ahead the server's own words stay.
function remaining(due, at) {
  const late = at > due;
  const minutes = late ? Math.floor((at - due) / 60) : Math.ceil((due - at) / 60);
  const name = late ? "late" : "left";
  if (minutes < 60) return say(name + "_minutes", minutes);
  if (minutes < 1440) return say(name + "_hours", Math.floor(minutes / 60), minutes % 60);
  return late ? say("late_days", Math.floor(minutes / 1440)) : null;
}

function tick() {
  const at = now();
  for (const light of all(".light[data-due]")) {
    const due = Number(light.dataset.due);
    const state = at > due ? "late" : at >= Number(light.dataset.soon) ? "soon" : "open";
    if (!light.classList.contains("soft") && !light.classList.contains(state)) {
      light.classList.remove("open", "soon", "late");
      light.classList.add(state);
      find("use", light)?.setAttribute("href", "#lamp-" + state);
    }
    const text = remaining(due, at);
    const place = find(".words", light);
    if (text && place && place.textContent !== text) place.textContent = text;
  }
}
setInterval(tick, 15000);
on("visibilitychange", () => document.hidden || tick());
on("swapped", tick);
tick();
