// Questions before an act: a button or form with data-confirm="words" asks in a dialog; Escape and 取消 do nothing.
// [data-opens="id"] opens a dialog of the page.
let agreed = null;
on("submit", (event) => {
  const form = event.target;
  const by = event.submitter?.dataset.confirm !== undefined ? event.submitter : form;
  if (by.dataset.confirm === undefined || agreed === by) { agreed = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const text = dialog.appendChild(document.createElement("p"));
  text.textContent = by.dataset.confirm;
  const menu = dialog.appendChild(document.createElement("menu"));
  const button = (label, act, main) => {
    const it = menu.appendChild(document.createElement("button"));
    it.textContent = label;
    it.className = main ? "main" : "";
    it.onclick = () => { dialog.close(); act(); };
    return it;
  };
  button(say("cancel"), () => {}).autofocus = true;
  const agree = () => { agreed = by; form.requestSubmit(event.submitter); };
  button(event.submitter?.textContent.trim() || say("yes"), agree, true);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}, window, true);

on("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
});
