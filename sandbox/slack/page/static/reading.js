/** Which messages a person has not seen yet; kept for as long as the tab is open. */

const keyOf = (channel, me) => `seen:${me.id}:${channel.id}`;

/** How many messages of others are new to them there. */
export function unread(channel, messages, me) {
  const seen = sessionStorage.getItem(keyOf(channel, me)) ?? "";
  return inChannel(channel, messages).filter((each) => each.ts > seen && each.user !== me.id).length;
}

/** They look at the conversation now. */
export function markSeen(channel, messages, me) {
  const newest = inChannel(channel, messages).at(-1)?.ts;
  if (newest) sessionStorage.setItem(keyOf(channel, me), newest);
}

/** What the conversation itself shows, the oldest first: replies only where they are broadcast. */
export function inChannel(channel, messages) {
  return [...messages.values()]
    .filter((each) => each.channel === channel.id && (!each.thread_ts || !each.is_reply || each.broadcast))
    .sort(byTs);
}

/** A message and its replies, the oldest first. */
export function inThread(channel, messages, ts) {
  return [...messages.values()]
    .filter((each) => each.channel === channel.id && (each.ts === ts || each.thread_ts === ts))
    .sort(byTs);
}

function byTs(one, other) {
  return one.ts < other.ts ? -1 : 1;
}
