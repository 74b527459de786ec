/** The tour: three hints from `/regen` to its result and an answer to that, and one to what comes then. */

import { html, useEffect, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";
import { compose } from "/page/act.js";
import { usePlace } from "/page/places.js";
import { useWorkspace } from "/page/store.js";

const KEY = "regen-tour";
const COMMAND = "/regen lilac-street-12 2 push out";
const MENTION = "@Regen 2 push in";
const THREAD_COMPOSER = "[data-test=thread-composer]";
const KILL = "[data-test=fault-kill]";
const HINTS = 3;
const GAP = 14;
const EDGE = 8;
const ABOVE_COMPOSER = 90;
const LOOK_AGAIN = 150;

const STEPS = [
  {
    anchor: () => "[data-test=composer]",
    title: "Sequence 2 came out badly.",
    text: "Ask for another camera movement: type the command, or have it typed, and press Enter.",
    button: { label: "Type it for me", act: () => compose(COMMAND) },
  },
  {
    anchor: (card) => `main [data-ts="${card?.ts}"]`,
    title: "One message tells how far it is.",
    text: "It is edited while IACrea works. Back stage you see the one POST that it costs.",
  },
  {
    anchor: repliesOf,
    title: "It is ready.",
    text: "The result is in the thread, before and after. Open it.",
  },
  {
    anchor: (card) => (document.querySelector(THREAD_COMPOSER) ? THREAD_COMPOSER : repliesOf(card)),
    title: "Not quite? Answer in the thread.",
    text: html`Slack takes no commands there, so mention the bot: <code>${MENTION}</code>. It knows which video you mean.`,
    button: { label: "Type it for me", act: () => compose(MENTION, { inThread: true }) },
  },
  {
    anchor: () => (document.querySelector(KILL) ? KILL : "[data-test=side-panel-toggle]"),
    title: "Now break it.",
    text: "Kill the bot while it works on that. It finishes all the same, and pays once.",
    button: { label: "Show me", act: showKill },
    last: true,
  },
];

/** Begins the tour anew. */
export function startTour() {
  localStorage.removeItem(KEY);
  window.dispatchEvent(new Event("tour"));
}

/** The hint that fits what has been done so far; nothing once the tour is over. */
export function Tour() {
  const [begun, setBegun] = useState(() => (localStorage.getItem(KEY) ? null : now()));
  useEffect(() => {
    const begin = () => setBegun(now());
    window.addEventListener("tour", begin);
    return () => window.removeEventListener("tour", begin);
  }, []);
  const end = () => {
    localStorage.setItem(KEY, "done");
    setBegun(null);
  };
  return begun === null ? null : html`<${Steps} key=${begun} begun=${begun} end=${end} />`;
}

function Steps({ begun, end }) {
  const { messages, app, me } = useWorkspace();
  const place = usePlace();
  const furthest = useRef(0);
  const card = [...messages.values()]
    .filter((each) => each.user === app?.bot && !each.is_reply && !each.ephemeral)
    .filter((each) => each.channel === place.place && each.at >= begun)
    .sort((one, other) => other.at - one.at)[0];
  const opened = card && place.thread === card.ts;
  const answered = [...messages.values()].some((each) => each.is_reply && each.thread_ts === card?.ts && each.user === me?.id);
  const reached = [true, card, card?.replies, card?.replies && opened, answered].findLastIndex(Boolean);
  furthest.current = Math.max(furthest.current, reached);
  const step = furthest.current;
  return html`<${Bubble} key=${step} step=${STEPS[step]} number=${Math.min(step + 1, HINTS)} card=${card} end=${end} />`;
}

function Bubble({ step, number, card, end }) {
  const bubble = useRef();
  const selector = step.anchor(card);
  useLayoutEffect(() => {
    const follow = () => place(bubble.current, document.querySelector(selector));
    follow();
    const timer = setInterval(follow, LOOK_AGAIN);
    window.addEventListener("resize", follow);
    return () => {
      clearInterval(timer);
      window.removeEventListener("resize", follow);
    };
  }, [selector]);
  const escape = (event) => event.key === "Escape" && end();
  return html`
    <div class="tour" ref=${bubble} role="dialog" aria-live="polite" aria-label="Tour" data-test="tour" onKeyDown=${escape}>
      <p><strong>${step.title}</strong> ${step.text}</p>
      <div class="tour-buttons">
        <small>${step.last ? "" : `${number} of ${HINTS}`}</small>
        <button type="button" class="tour-quiet" data-test="tour-skip" onClick=${end}>${step.last ? "Done" : "Skip"}</button>
        ${step.button && html`
          <button type="button" class="tour-next" data-test="tour-next" onClick=${() => {
            step.button.act();
            if (step.last) end();
          }}>${step.button.label}</button>
        `}
      </div>
    </div>
  `;
}

/**
 * Puts the bubble above its anchor, or below where there is no room; it never covers it, nor what is
 * offered to who types there. Where the anchor is on another page of a phone, the bubble stands by itself.
 */
function place(bubble, anchor) {
  const to = anchor?.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  if (!to?.width) {
    bubble.dataset.side = "none";
    bubble.style.top = `${innerHeight - height - ABOVE_COMPOSER}px`;
    bubble.style.left = `${(innerWidth - width) / 2}px`;
    return;
  }
  const offered = anchor.closest("form")?.querySelector("[data-test=completion]");
  const edge = offered?.getBoundingClientRect().top ?? to.top;
  const above = edge >= height + GAP + EDGE;
  const top = above ? edge - height - GAP : Math.min(to.bottom + GAP, innerHeight - height - EDGE);
  const left = Math.max(EDGE, Math.min(to.left + 24, innerWidth - width - EDGE));
  bubble.style.top = `${top}px`;
  bubble.style.left = `${left}px`;
  bubble.dataset.side = above ? "above" : "below";
}

function repliesOf(card) {
  return `main [data-ts="${card?.ts}"] [data-test=replies]`;
}

function showKill() {
  if (!document.querySelector(KILL)) document.querySelector("[data-test=side-panel-toggle]")?.click();
  const look = () => {
    const kill = document.querySelector(KILL);
    if (!kill) return setTimeout(look, LOOK_AGAIN);
    kill.scrollIntoView({ block: "center", behavior: "smooth" });
    kill.focus({ preventScroll: true });
  };
  setTimeout(look, LOOK_AGAIN);
}

function now() {
  return Date.now() / 1000;
}
