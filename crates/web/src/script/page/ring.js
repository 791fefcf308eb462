// Ringing until acknowledged: while a [data-ring] is on the page, three tones every four seconds and a mark in the
// window's title. Browsers allow sound only after a first touch or key; the bar is there at once.
let sound;
const wake = () => { sound ??= window.AudioContext && new AudioContext(); sound?.resume(); };
on("pointerdown", wake);
on("keydown", wake);

function ring() {
  const rings = find("[data-ring]");
  const bare = document.title.replace(/^● /, "");
  document.title = rings ? "● " + bare : bare;
  if (!rings || sound?.state !== "running") return;
  for (const n of [0, 1, 2]) {
    const tone = sound.createOscillator(), volume = sound.createGain(), at = sound.currentTime + n * 0.28;
    tone.frequency.value = n === 1 ? 880 : 660;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  }
}
setInterval(ring, 4000);
on("swapped", ring);
ring();
