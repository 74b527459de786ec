/** What runs: the bot's process, its Valkey, its polls, its connections to Slack. */

import { html, useEffect, useRef } from "/page/vendor/preact.js";

const SEEN = 60;
const WIDTH = 80;
const HEIGHT = 20;

/** A cell for each part. */
export function Components({ components: { bot, valkey, polls, slack } }) {
  return html`
    <section aria-label="Machinery">
      <dl class="components">
        <div>
          <dt>Bot</dt>
          <dd>
            <span class=${`state ${bot.state}`} data-test="bot-state">${bot.state}</span>
            <small>${bot.pid ? `pid ${bot.pid}` : `back in ${bot.back_in ?? "…"} s`}</small>
          </dd>
        </div>
        <div>
          <dt>Valkey</dt>
          <dd>
            <span class=${`state ${valkey.state}`} data-test="valkey-state">${valkey.state}</span>
            ${valkey.pid && html`<small>pid ${valkey.pid}</small>`}
          </dd>
        </div>
        <div>
          <dt>Slack</dt>
          <dd>
            ${slack.connections} ${slack.connections === 1 ? "connection" : "connections"}
            <small>${slack.calls} calls${slack.limited ? `, ${slack.limited} × 429` : ""}</small>
          </dd>
        </div>
        <div>
          <dt>Polls</dt>
          <dd>${polls.total} <small>${polls.per_second} a second</small> <${Sparkline} value=${polls.per_second} /></dd>
        </div>
      </dl>
      ${bot.said && html`<pre>${bot.said}</pre>`}
    </section>
  `;
}

/** The last minute of a number, a point a second. */
function Sparkline({ value }) {
  const seen = useRef([]);
  const now = useRef(value);
  now.current = value;
  useEffect(() => {
    const timer = setInterval(() => {
      seen.current = [...seen.current, now.current].slice(-SEEN);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  const most = Math.max(1, ...seen.current);
  const points = seen.current.map((each, index) => (
    `${(index * WIDTH) / (SEEN - 1)},${HEIGHT - 1 - (each / most) * (HEIGHT - 2)}`
  ));
  return html`
    <svg class="sparkline" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true"><polyline points=${points.join(" ")} /></svg>
  `;
}
