/** The IACrea account: its credits, its videos, their sequences as pictures that move. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";

const PREFIX = /^CAMERA_/;

/** The account; the video that changed last stands open, the others in a line each. */
export function Account({ account, videos }) {
  const latest = useLatest(videos);
  return html`
    <section aria-labelledby="stage-account">
      <div class="credits">
        <h3 id="stage-account">IACrea account</h3>
        <p class="amount" aria-live="polite">
          <strong data-test="credits">${account.credits}</strong> credits
          <small class="quiet">${account.cost} for each sequence</small>
        </p>
      </div>
      ${videos.map((video) => html`<${Video} key=${video.id} video=${video} open=${video.id === latest} />`)}
    </section>
  `;
}

/** An effect in plain words: `CAMERA_PUSH_OUT` is “push out”. */
export function plainEffect(name) {
  return (name ?? "").replace(PREFIX, "").toLowerCase().replaceAll("_", " ");
}

function Video({ video, open }) {
  const details = useRef();
  useEffect(() => {
    details.current.open = open;
  }, [open]);
  return html`
    <details class="video" ref=${details} data-test=${`video-${video.id}`}>
      <summary>
        <strong>${video.id}</strong>
        <span class=${`status ${video.status.toLowerCase()}`} data-test="video-status">${video.status}</span>
        ${video.status === "RENDERING_VIDEO" && html`
          <progress max="1" value=${video.progress} aria-label="Rendered"></progress>
        `}
        <span class="gap"></span>
        ${video.film && html`<a href=${video.film} target="_blank" rel="noopener noreferrer">Watch</a>`}
      </summary>
      <ol class="sequences">
        ${video.sequences.map((sequence) => html`<${Sequence} key=${sequence.id} sequence=${sequence} />`)}
      </ol>
      <p class="quiet">${summary(video)}</p>
    </details>
  `;
}

function Sequence({ sequence }) {
  const effect = plainEffect(sequence.effect);
  return html`
    <li class=${`sequence ${sequence.status}`} title=${`${sequence.position}: ${effect}, ${sequence.status}`}>
      <img src=${sequence.picture ?? ""} alt="" loading="lazy" />
      <span>${sequence.position} · ${effect}</span>
      ${sequence.status !== "success" && html`<em>${sequence.status}</em>`}
    </li>
  `;
}

function summary(video) {
  const parts = [`rendered ${times(video.renders)}`];
  if (video.renders_cancelled) parts.push(`${video.renders_cancelled} cut off`);
  parts.push(`${video.credits_used} credits used for it`);
  return parts.join(" · ");
}

function times(count) {
  return count === 1 ? "once" : `${count} times`;
}

/** The video that changed last; the first one to begin with. */
function useLatest(videos) {
  const before = useRef(new Map());
  const [latest, setLatest] = useState(videos[0]?.id);
  useEffect(() => {
    for (const video of videos) {
      const known = before.current.get(video.id);
      if (known && known !== video.status) setLatest(video.id);
      before.current.set(video.id, video.status);
    }
  });
  return latest;
}
