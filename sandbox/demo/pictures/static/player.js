/** Plays the clips of a video in a row. */

const SECONDS = 4.6;

const pictures = [...document.querySelectorAll(".stage img")];
const buttons = [...document.querySelectorAll(".shots button")];
const caption = document.querySelector(".caption");
const play = document.querySelector(".play");

let at = 0;
let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
let passed = 0;
let before = performance.now();

/** Shows a clip from its beginning: an image that is loaded anew begins anew. */
function show(place) {
  at = (place + pictures.length) % pictures.length;
  passed = 0;
  pictures.forEach((picture, index) => picture.classList.toggle("shown", index === at));
  pictures[at].src = `${pictures[at].dataset.src}&start=${Date.now()}`;
  caption.textContent = `${at + 1} of ${pictures.length} · ${pictures[at].dataset.caption}`;
  buttons.forEach((button, index) => button.setAttribute("aria-current", String(index === at)));
}

function toggle() {
  playing = !playing;
  play.textContent = playing ? "❚❚" : "▶";
  play.setAttribute("aria-label", playing ? "Pause" : "Play");
}

function tick(now) {
  if (playing) passed += (now - before) / 1000;
  before = now;
  if (passed >= SECONDS) show(at + 1);
  buttons.forEach((button, index) => {
    const share = index < at ? 1 : index > at ? 0 : passed / SECONDS;
    button.firstElementChild.style.transform = `scaleX(${share})`;
  });
  requestAnimationFrame(tick);
}

buttons.forEach((button, index) => button.addEventListener("click", () => show(index)));
play.addEventListener("click", toggle);
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") show(at + 1);
  else if (event.key === "ArrowLeft") show(at - 1);
  else if (event.key === " " && event.target.tagName !== "BUTTON") toggle();
  else return;
  event.preventDefault();
});

if (pictures.length) {
  playing = !playing;
  toggle();
  show(0);
  requestAnimationFrame(tick);
}
