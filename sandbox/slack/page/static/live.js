/** What changes on the server, as it changes: a WebSocket that comes back by itself. */

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;

/**
 * Keeps a map of named entities as the server has it.
 *
 * A browser opens six HTTP connections to one host at most, and an event stream would hold one of
 * them per tab for ever; WebSockets are counted apart.
 *
 * @param path of the stream on this server.
 * @param onChange called with the whole map after each change; the map is a new one each time.
 * @param onLine called with whether the server can be heard, whenever that changes.
 * @returns a function that ends it.
 */
export function live(path, onChange, onLine = () => {}) {
  let entities = new Map();
  let pause = FIRST_PAUSE;
  let ended = false;
  let socket;

  function take(message) {
    entities = new Map(message.fresh ? [] : entities);
    for (const key of message.gone) entities.delete(key);
    for (const [key, entity] of Object.entries(message.set)) entities.set(key, entity);
    onChange(entities);
  }

  function open() {
    socket = new WebSocket(`ws://${location.host}${path}`);
    socket.onopen = () => {
      pause = FIRST_PAUSE;
      onLine(true);
    };
    socket.onmessage = (event) => take(JSON.parse(event.data));
    socket.onclose = () => {
      if (ended) return;
      onLine(false);
      setTimeout(() => ended || open(), pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  }

  open();
  return () => {
    ended = true;
    socket.close();
  };
}
