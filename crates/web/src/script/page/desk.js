// The desk. A form with data-preview="/path" and data-parts="id id" tells what it holds a moment after the last key and
// takes these parts from the answer. The first key inside [data-first-key="/path"] opens the contact. Pictures pasted into
// [data-paste="id"] go into that file field. Arrows lead from a search box into what it found; Enter takes the only hit,
// and whoever goes on leaves the box with the only one that [data-exact] marks.
const told = new WeakMap();
let asks;
function preview() {
  const form = find("form[data-preview]");
  if (!form) return;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !/^(command|approver.*)$/.test(name)) fields.append(name, value);
  if (told.get(form) === fields.toString()) return;
  told.set(form, fields.toString());
  ask(form, form.dataset.preview, { method: "POST", body: fields }, form.dataset.parts.split(" "));
}
const previewSoon = () => { clearTimeout(asks); asks = setTimeout(preview, 300); };
on("input", (event) => {
  if (event.target.form?.dataset.preview && !event.isComposing) previewSoon();
  const place = event.target.closest?.("[data-first-key]");
  if (!place || place.dataset.first) return;
  place.dataset.first = "1";
  const fields = new URLSearchParams();
  for (const name of ["contact", "case.channel", "case.station"]) fields.set(name, find(`[name="${name}"]`, place)?.value || "");
  fetch(place.dataset.firstKey, { method: "POST", body: fields, credentials: "same-origin" });
});
on("compositionend", (event) => event.target.form?.dataset.preview && previewSoon());
// [data-aside] opens beside the page only while something is filled in here.
on("click", (event) => {
  const link = event.target.closest?.("a[data-aside]");
  if (link && !find("form[data-dirty]")) link.removeAttribute("target");
});
on("swapped", previewSoon);
// [data-dial] holds a number whose look is on record now: a phone dials it.
on("swapped", () => {
  const number = find("[data-dial] a[href^='tel:']");
  number?.closest("[data-dial]").removeAttribute("data-dial");
  if (number) location.href = number.href;
});
on("paste", (event) => {
  const input = document.getElementById(event.target.dataset?.paste), pictures = [...event.clipboardData.files];
  if (!input || !pictures.length) return;
  const files = new DataTransfer();
  for (const file of [...input.files, ...pictures]) files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
const takeOnly = () => {
  const found = find(".found:has(> [data-exact])"), hits = all("a", found || document);
  if (!found || hits.length > 1 || find("[name=household]") || find("#place")?.value) return;
  const active = document.activeElement;
  if (active.getAttribute("aria-controls") === found.id || found.contains(active)) return;
  ask(hits[0], hits[0].href, {}, hits[0].dataset.swap.split(" "));
};
on("focusin", takeOnly);
on("swapped", takeOnly);
on("click", (event) => document.getElementById(event.target.closest?.("[data-then]")?.dataset.then)?.focus());
on("keydown", (event) => {
  const found = event.target.matches?.(".picker [aria-controls]") && !composing(event) &&
    all("a", document.getElementById(event.target.getAttribute("aria-controls")));
  if (!found?.length) return;
  if (event.key === "ArrowDown") found[0].focus();
  else if (event.key === "Enter" && found.length === 1) found[0].click();
  else return;
  event.preventDefault();
});
