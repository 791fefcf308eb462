// The dispatch board: a [data-card] is dragged onto a [data-lane], or sent there with the lane's digit while it has the
// focus. Both fill the form [data-board] (fields card and lane) and send it; without script its two selects do. The digit 0
// takes the suggestion that the card itself holds.
let carried;
function assign(card, lane) {
  const form = find("form[data-board]");
  if (!form || !card || !lane) return;
  form.elements.card.value = card.dataset.card;
  form.elements.lane.value = lane.dataset.lane;
  form.requestSubmit();
}
on("dragstart", (event) => {
  carried = event.target.closest?.("[data-card]");
  event.dataTransfer?.setData("text/plain", carried?.dataset.card || "");
});
on("dragend", () => { carried = null; all(".over").forEach((it) => it.classList.remove("over")); });
on("dragover", (event) => {
  const lane = carried && event.target.closest?.("[data-lane]");
  all(".over").forEach((it) => it !== lane && it.classList.remove("over"));
  if (!lane) return;
  event.preventDefault();
  lane.classList.add("over");
});
on("drop", (event) => {
  const lane = carried && event.target.closest?.("[data-lane]");
  if (!lane) return;
  event.preventDefault();
  assign(carried, lane);
});
// After a key the next card that waits has the focus; a card that was in a lane keeps it.
let sent;
on("swapped", () => {
  if (!sent) return;
  const cards = all(".waiting [data-card]");
  const next = sent.place < 0 ? find(`[data-card="${CSS.escape(sent.card)}"]`) : cards[Math.min(sent.place, cards.length - 1)];
  next?.focus();
  sent = null;
});
on("keydown", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || event.target !== card || composing(event) || !/^[0-9]$/.test(event.key)) return;
  event.preventDefault();
  sent = { card: card.dataset.card, place: all(".waiting [data-card]").indexOf(card) };
  if (event.key === "0") return find("[data-suggested]", card)?.requestSubmit();
  assign(card, all("[data-lane]")[Number(event.key) - 1]);
});
