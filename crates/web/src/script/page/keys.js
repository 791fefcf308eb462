// Keys. [data-key="F2"] is focused when it is a field, else clicked. A plain character counts only outside fields.
// Keys inside an input method's composition belong to the input method.
on("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^Numpad\d$/.test(event.code) && !editable(document.activeElement)) {
    const room = find("main [data-room]") || find("[data-room]");
    room?.focus();
    room?.select();
    return;
  }
  const inField = editable(document.activeElement);
  if (event.key.length === 1 && inField) return;
  const key = CSS.escape(event.key);
  const target = all(`dialog[open] [data-key="${key}"], main [data-key="${key}"], [data-key="${key}"]`)
    .filter((it) => it.getClientRects().length && !it.disabled && inRow(it)).sort((a, b) => rank(a) - rank(b))[0];
  if (!target && event.key !== "F9") return;
  event.preventDefault();
  if (!target) print();
  else if (editable(target)) { target.focus(); target.select?.(); }
  else target.click();
});
// What stands in a row of a list answers its key only in the row one has walked to.
const inRow = (it) => !it.closest("[data-walk]") || it.closest("[data-walk]").contains(document.activeElement);
const rank = (it) => it.closest("dialog[open]") ? 0 : it.closest("main") ? 1 : 2;

// Rooms from the numeric keypad: its operators and the full stops of Chinese input all become the point of 3.2.501.
on("keydown", (event) => {
  const box = event.target;
  if (composing(event) || !box.matches?.("[data-room]")) return;
  if (!/^Numpad(Add|Subtract|Multiply|Divide)$/.test(event.code)) return;
  event.preventDefault();
  box.setRangeText(".", box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
on("input", (event) => {
  const box = event.target;
  if (event.isComposing || !box.matches?.("[data-room]")) return;
  const plain = box.value
    .replace(/[\uff10-\uff19]/g, (it) => String.fromCharCode(it.charCodeAt(0) - 0xfee0))
    .replace(/(\d)[\u3002\uff0e\u00b7](?=\d|$)/g, "$1.");
  if (plain !== box.value) box.value = plain;
}, document);

// [data-print] prints the page; [data-copy] copies its words; [data-close] closes its menu or dialog.
on("click", (event) => {
  const it = event.target.closest?.("[data-print],[data-copy],[data-close]");
  if (!it) return;
  if (it.dataset.print !== undefined) print();
  if (it.dataset.copy !== undefined) navigator.clipboard?.writeText(it.dataset.copy || it.textContent.trim());
  if (it.dataset.close !== undefined) it.closest("dialog")?.close();
});
on("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
on("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all("details.menu[open]")) { menu.open = false; find("summary", menu).focus(); }
});

// Lists: arrow keys walk through [data-walk] rows; Enter opens the row's link.
on("keydown", (event) => {
  const row = event.target.closest?.("[data-walk]");
  if (!row || composing(event) || (event.target !== row && editable(event.target))) return;
  const rows = all("[data-walk]").filter((it) => it.checkVisibility());
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { event.preventDefault(); rows[rows.indexOf(row) + step]?.focus(); }
  else if (event.key === "Enter" && event.target === row) find("a[href]", row)?.click();
});

// A refusal that names a field leads there, once; what it says stays in sight until that field is filled otherwise or gone.
let refused;
const asked = () => [...document.getElementsByName(refused?.at)].find((it) => it.type !== "hidden" && it.checkVisibility());
function lead() {
  const no = find(".refusal[data-at]");
  if (refused && !asked()) heed();
  if (!no) return;
  refused = { no, at: no.dataset.at };
  delete no.dataset.at;
  const field = asked();
  if (field) field.focus({ preventScroll: true });
  else refused = null;
}
function heed() {
  refused.no.remove();
  refused = null;
}
on("input", (event) => refused?.at === event.target.name && event.target.value.trim() && heed());
on("swapped", lead);
lead();
