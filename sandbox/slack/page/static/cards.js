/** Cards, alone or side by side in a carousel. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { Element } from "/page/elements.js";
import { Icon } from "/page/icons.js";
import { Picture } from "/page/pictures.js";
import { Text } from "/page/text.js";

/** A card: a picture, up to four texts, up to three buttons. */
export function Card({ block, where, state }) {
  const { hero_image: hero, icon, title, subtitle, body, subtext, actions = [] } = block;
  return html`
    <div class="card" data-test="card">
      ${hero && html`<${Picture} url=${hero.image_url} alt=${hero.alt_text} className="hero" />`}
      <div class="card-words">
        ${icon && html`<${Picture} url=${icon.image_url} alt=${icon.alt_text} className="tiny" />`}
        ${title && html`<strong class="text"><${Text} of=${title} /></strong>`}
        ${subtitle && html`<span class="text quiet"><${Text} of=${subtitle} /></span>`}
        ${body && html`<span class="text"><${Text} of=${body} /></span>`}
        ${subtext && html`<small class="text quiet"><${Text} of=${subtext} /></small>`}
      </div>
      ${actions.length > 0 && html`
        <div class="actions">
          ${actions.map((element) => html`
            <${Element} key=${element.action_id} element=${element} block=${block} where=${where} state=${state} />
          `)}
        </div>
      `}
    </div>
  `;
}

/** Cards in a row that scrolls, with a button to either side where there is more. */
export function Carousel({ block, where, state }) {
  const row = useRef();
  const [more, setMore] = useState({ left: false, right: false });
  const look = () => {
    const { scrollLeft, scrollWidth, clientWidth } = row.current;
    setMore({ left: scrollLeft > 4, right: scrollLeft + clientWidth < scrollWidth - 4 });
  };
  useEffect(() => {
    const resized = new ResizeObserver(look);
    resized.observe(row.current);
    return () => resized.disconnect();
  }, []);
  const turn = (direction) => row.current.scrollBy({ left: direction * row.current.clientWidth * 0.8, behavior: "smooth" });
  return html`
    <div class="carousel">
      <div class="row" ref=${row} onScroll=${look} tabindex="0" role="group" aria-label="Cards" data-test="carousel">
        ${block.elements.map((card) => html`<${Card} key=${card.block_id} block=${card} where=${where} state=${state} />`)}
      </div>
      ${more.left && html`
        <button type="button" class="turn left" aria-label="Earlier cards" onClick=${() => turn(-1)}><${Icon} name="left" /></button>
      `}
      ${more.right && html`
        <button type="button" class="turn right" aria-label="Further cards" onClick=${() => turn(1)}><${Icon} name="right" /></button>
      `}
    </div>
  `;
}
