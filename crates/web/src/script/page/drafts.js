// Drafts: a form with data-draft="/drafts/…" posts what is written two seconds after the last key and when the page is
// left, so that a closed window costs nothing. [data-draft-state] says when it was kept.
const drafts = new Map();
const draft = (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "command") fields.append(name, value);
  }
  return fields;
};

async function keep(form) {
  clearTimeout(drafts.get(form));
  drafts.delete(form);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: draft(form), credentials: "same-origin" });
    const place = find("[data-draft-state]", form);
    if (answer.ok && place) place.textContent = say("draft_kept", new Date(now() * 1000).toTimeString().slice(0, 5));
  } catch { drafts.set(form, setTimeout(keep, 10000, form)); }
}

on("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(drafts.get(form));
  drafts.set(form, setTimeout(keep, 2000, form));
});
on("submit", (event) => {
  clearTimeout(drafts.get(event.target));
  drafts.delete(event.target);
});
on("pagehide", () => {
  for (const [form, timer] of drafts) {
    clearTimeout(timer);
    navigator.sendBeacon(form.dataset.draft, draft(form));
  }
  drafts.clear();
}, window);
