/** Pictures: only such as the page may load; a press shows them large. */

import { html, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";
import { shown } from "/page/local_paths.js";

/** The picture of that address, or a frame with its words. */
export function Picture({ url, alt, className = "" }) {
  const [large, setLarge] = useState(false);
  const path = shown(url);
  if (!path) {
    return html`<span class=${`picture absent ${className}`} role="img" aria-label=${alt} title=${url}>${alt}</span>`;
  }
  return html`
    <button type="button" class=${`picture ${className}`} onClick=${() => setLarge(true)}>
      <img src=${path} alt=${alt} loading="lazy" />
    </button>
    ${large && html`<${Large} path=${path} alt=${alt} onClose=${() => setLarge(false)} />`}
  `;
}

function Large({ path, alt, onClose }) {
  const dialog = useRef();
  useLayoutEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog class="large" ref=${dialog} aria-label=${alt} onClose=${onClose} onClick=${() => dialog.current.close()}>
      <img src=${path} alt=${alt} />
      <button type="button" class="button small" autofocus>Close</button>
    </dialog>
  `;
}
