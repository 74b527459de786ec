/** Something that opens beside a control, above everything else, and a menu made of it. */

import { html, useEffect, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";

const GAP = 4;
const MARGIN = 8;

/**
 * Children in the top layer, below (or above) `anchor.current`; gone with a press elsewhere or
 * Escape, which `onClose` is told.
 */
export function Popup({ anchor, onClose, children, kind = "popup" }) {
  const box = useRef();
  useLayoutEffect(() => {
    box.current.showPopover();
    place(box.current, anchor.current);
    box.current.querySelector("[data-first]")?.focus();
  }, []);
  useLayoutEffect(() => place(box.current, anchor.current));
  useEffect(() => {
    const outside = (event) => {
      const inside = box.current?.contains(event.target) || anchor.current?.contains(event.target);
      if (!inside) onClose();
    };
    const scrolled = (event) => box.current?.contains(event.target) || onClose();
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("scroll", scrolled, true);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("scroll", scrolled, true);
    };
  });
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
    anchor.current?.focus();
  };
  return html`<div popover="manual" class=${kind} ref=${box} onKeyDown=${escape}>${children}</div>`;
}

/** A button that opens a menu of `items`: `{label, hint, act}`. */
export function Menu({ label, items, children, className = "tool" }) {
  const [open, setOpen] = useState(false);
  const anchor = useRef();
  const choose = (item) => {
    setOpen(false);
    anchor.current?.focus();
    item.act();
  };
  return html`
    <button
      type="button" class=${className} ref=${anchor} title=${label} aria-label=${label}
      aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)}
    >${children}</button>
    ${open && html`
      <${Popup} anchor=${anchor} onClose=${() => setOpen(false)}>
        <div role="menu" aria-label=${label} onKeyDown=${roving}>
          ${items.map((item, index) => html`
            <button
              type="button" role="menuitem" class="menu-item" data-first=${index === 0 || null}
              onClick=${() => choose(item)}
            >
              <span>${item.label}</span>
              ${item.hint && html`<small>${item.hint}</small>`}
            </button>
          `)}
        </div>
      <//>
    `}
  `;
}

/** Arrow keys go through the buttons of what they are pressed in. */
export function roving(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  all[(at + step + all.length) % all.length]?.focus();
}

function place(box, anchor) {
  if (!box || !anchor) return;
  const beside = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = beside.bottom + GAP + height <= innerHeight - MARGIN || beside.top < height;
  const top = below ? beside.bottom + GAP : beside.top - GAP - height;
  const left = Math.min(beside.left, innerWidth - width - MARGIN);
  box.style.top = `${Math.max(MARGIN, top)}px`;
  box.style.left = `${Math.max(MARGIN, left)}px`;
}
