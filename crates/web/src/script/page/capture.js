// Photos are made smaller before they travel: input[data-photo="1600"] (longest side in pixels). The small pictures are
// shown in the element that data-shows names.
on("change", async (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-photo]") || input.dataset.ready === "1") return;
  const side = Number(input.dataset.photo) || 1600;
  const files = new DataTransfer();
  const strip = document.getElementById(input.dataset.shows);
  if (strip) strip.textContent = "";
  for (const file of input.files) {
    const small = await shrink(file, side).catch(() => file);
    files.items.add(small);
    if (!strip) continue;
    const picture = strip.appendChild(document.createElement("img"));
    picture.alt = small.name;
    picture.src = URL.createObjectURL(small);
    picture.onload = () => URL.revokeObjectURL(picture.src);
  }
  input.files = files.files;
});

async function shrink(file, side) {
  if (!file.type.startsWith("image/") || file.size < 200000) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

// Signatures: canvas[data-sign="field"] writes the strokes as an SVG path in a box of 600 × 200 into that hidden field.
const pens = new WeakMap();
function pen(canvas) {
  let it = pens.get(canvas);
  if (!it) {
    canvas.width = 600;
    canvas.height = 200;
    it = { path: "", brush: canvas.getContext("2d"), down: false };
    const strokeStyle = getComputedStyle(canvas).color;
    Object.assign(it.brush, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle });
    pens.set(canvas, it);
  }
  return it;
}
const spot = (canvas, event) => {
  const box = canvas.getBoundingClientRect();
  return [(event.clientX - box.left) * 600 / box.width, (event.clientY - box.top) * 200 / box.height].map(Math.round);
};
function stroke(event, letter) {
  const canvas = event.target, it = pen(canvas), [x, y] = spot(canvas, event);
  if (it.path.length > 30000) return;
  if (letter === "M") { it.brush.beginPath(); it.brush.moveTo(x, y); }
  else { it.brush.lineTo(x, y); it.brush.stroke(); }
  it.path += letter + x + " " + y;
}
on("pointerdown", (event) => {
  if (!event.target.matches?.("canvas[data-sign]")) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  pen(event.target).down = true;
  stroke(event, "M");
});
on("pointermove", (event) => {
  if (event.target.matches?.("canvas[data-sign]") && pen(event.target).down) stroke(event, "L");
});
on("pointerup", (event) => {
  const canvas = event.target;
  if (!canvas.matches?.("canvas[data-sign]") || !pen(canvas).down) return;
  pen(canvas).down = false;
  const field = canvas.closest("form").elements[canvas.dataset.sign];
  field.value = pen(canvas).path;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
on("click", (event) => {
  const button = event.target.closest?.("[data-sign-clear]");
  const canvas = button && find("canvas[data-sign]", button.closest("form"));
  if (!canvas) return;
  pens.delete(canvas);
  canvas.width = 600;
  canvas.closest("form").elements[canvas.dataset.sign].value = "";
});
