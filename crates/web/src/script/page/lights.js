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
const editable = (it) =>
  it.matches?.("input:not([type=checkbox],[type=radio],[type=submit]), textarea, select, [contenteditable]");
const composing = (event) => event.isComposing || event.keyCode === 229;

// Time lights: every 15 seconds the words and the shape of running limits are computed anew, by the server's clock.
// [data-due] and [data-soon] hold seconds since 1970. More than a day ahead the server's own words stay.
// Minutes are rounded down, so that nobody is promised one that is not there.
function remaining(due, at, late) {
  const minutes = Math.floor(Math.abs(due - at) / 60);
  const hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  const name = late ? "late_" : "left_";
  const pair = (unit, big, small) => small ? say(name + unit + "2", big, small) : say(name + unit, big);
  if (minutes < 1) return say(name + "now");
  if (hours < 1) return say(name + "minutes", minutes);
  if (days < 1) return pair("hours", hours, minutes % 60);
  return late ? pair("days", days, days < 10 ? hours % 24 : 0) : null;
}

function tick() {
  const at = now();
  for (const light of all(".light[data-due]")) {
    const due = Number(light.dataset.due);
    const late = light.dataset.half === undefined ? at > due : at >= due;
    const state = late ? "late" : at >= Number(light.dataset.soon) ? "soon" : "open";
    if (!light.classList.contains("soft") && !light.classList.contains(state)) {
      light.classList.remove("open", "soon", "late");
      light.classList.add(state);
      find("use", light)?.setAttribute("href", "#lamp-" + state);
    }
    const text = remaining(due, at, late);
    const place = find(".words", light);
    if (text && place && place.textContent !== text) place.textContent = text;
  }
}
setInterval(tick, 15000);
on("visibilitychange", () => document.hidden || tick());
on("swapped", tick);
tick();
