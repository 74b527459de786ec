-- Writes a request and everything that follows from its state, if nobody wrote it since.
-- keys   record            the request
--        steps, notices, polls    the queues: member -> Unix time (s) at which it is due
--        waiting           the requests that wait on its video
--        following         the follows that wait on it
--        queues            all queues
--        lists             the lists it stands in, by time
--        hour              the sequences that its person started within the hour
--        clock             the time at which a due time was given last
--        slots             its sequences' slots
--        ledgers, sums     of each entry of the ledger: its month's ledger, and its month's sums
--        takes, takes_at   all takes by name, and their names by time
--        takes_of          of each take: those of its sequence, names by time
-- given  id, text          the request's id, and its record
--        read_at           the version it was read at ('0': it must not exist yet), or the whole
--                          record as it was; text, as a number would lose digits
--        expires           seconds until it is forgotten (nil: never)
--        step, notice      seconds until they are due (nil: not due)
--        video             its video
--        polls             of its video: 'as due', 'sooner' or 'held' where it waits on it, 'none' or
--                          'resumed' where it does not
--        first_poll        seconds until the next poll, where that is to be given a time
--        state             the one that it enters, or stays in
--        slot              'take' its slots, 'keep' them as they are, or 'free' them
--        over              a request it may take a slot from (nil: none)
--        refuse_after      Unix time (s) after which the write is refused (nil: never)
--        asked_at          Unix time (s) (nil: it is not listed)
--        most_listed, listed_for    of each list: how many, and for how many seconds
--        count, release    of its sequences: those that count towards the hour, or no longer
--        limit             most within an hour
--        entries           of the ledger: {field, text, credits (nil: not known)}
--        user, entries_kept    whose they are, and for how many seconds they are kept
--        ended             takes, of its sequences that have ended: {name, text, at}
--        most_takes, most_of_sequence    how many are kept in all, and listed of a sequence
-- Answers {'saved'}, {'repeated'} (exists already), {'stale'} (somebody else moved it on),
-- {'late', now (s)}, {'busy'} (a new one, and too many are waiting to be started),
-- {'taken', the request that holds one of the slots}, or {'limited', seconds until it may start}.
local HOUR = 3600
-- Requests whose next step is due within so many seconds are on their way to IACrea; those that
-- IACrea is at work on are due at their deadline. More than so many new ones are not taken on: the
-- last of them would wait for minutes, and Slack takes one message a second in a channel.
local SOON = 15
local MOST_STARTING = 1000

local function holder_of_a_slot()
  for _, slot in ipairs(keys.slots) do
    local holder = redis.call('GET', slot)
    if holder and holder ~= given.id and holder ~= given.over then return holder end
  end
end

-- Counts its sequences; or the seconds until there is room for them.
local function count_this_hour(sequences)
  end_before(keys.hour, now)
  redis.call('ZREMRANGEBYSCORE', keys.hour, '-inf', now - HOUR)
  local counted = redis.call('ZCARD', keys.hour)
  local over = counted + #sequences - given.limit
  if over > 0 then
    local at = math.min(over, counted) - 1
    local first = redis.call('ZRANGE', keys.hour, at, at, 'WITHSCORES')[2] or now - HOUR
    return score(first + HOUR - now)
  end
  for _, each in ipairs(sequences) do redis.call('ZADD', keys.hour, score(now), each) end
  redis.call('EXPIRE', keys.hour, HOUR)
end

local function schedule(queue, delay)
  if delay then
    redis.call('ZADD', queue, score(now + delay), given.id)
  else
    redis.call('ZREM', queue, given.id)
  end
end

local function wait_on_video(was_held)
  local at = score(now + given.first_poll)
  if given.polls == 'held' then
    redis.call('SADD', keys.waiting, given.id)
    -- Without NX: polls that are due earlier have to wait as well.
    redis.call('ZADD', keys.polls, at, given.video)
  elseif given.polls == 'as due' or given.polls == 'sooner' then
    redis.call('SADD', keys.waiting, given.id)
    -- NX: others may wait on the video already, and its place on the grid stays.
    redis.call('ZADD', keys.polls, 'NX', at, given.video)
  -- The last one to leave ends the polls: requests and follows share them.
  elseif redis.call('SREM', keys.waiting, given.id) == 1
      and redis.call('EXISTS', keys.waiting) == 0 and redis.call('EXISTS', keys.following) == 0 then
    redis.call('ZREM', keys.polls, given.video)
  end
  if was_held and (given.polls == 'sooner' or given.polls == 'resumed') then
    redis.call('ZADD', keys.polls, 'XX', 'LT', at, given.video)
  end
end

local function list(key, is_new)
  if is_new then end_before(key, given.asked_at) end
  redis.call('ZADD', key, given.asked_at, given.id)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - given.listed_for)
  redis.call('ZREMRANGEBYRANK', key, 0, -1 - given.most_listed)
  redis.call('EXPIRE', key, given.listed_for)
end

-- An entry is written with each state of its request; the sum has it once, at its last price.
local function write_entry(entry, ledger, sums)
  local was = redis.call('HGET', ledger, entry.field)
  local more = (entry.credits or 0) - (was and cjson.decode(was).credits or 0)
  redis.call('HSET', ledger, entry.field, entry.text)
  redis.call('EXPIRE', ledger, given.entries_kept)
  if more ~= 0 then
    -- With all digits, as what is rounded off would add up.
    redis.call('HINCRBYFLOAT', sums, given.user, string.format('%.17g', more))
    redis.call('EXPIRE', sums, given.entries_kept)
  end
end

-- A take is written with each state of its request; what is the same is left alone.
local function write_take(take, of_sequence)
  if redis.call('HGET', keys.takes, take.name) == take.text then return end
  redis.call('HSET', keys.takes, take.name, take.text)
  redis.call('ZADD', keys.takes_at, take.at, take.name)
  redis.call('ZADD', of_sequence, take.at, take.name)
  redis.call('ZREMRANGEBYRANK', of_sequence, 0, -1 - given.most_of_sequence)
  for _, key in ipairs({keys.takes, keys.takes_at, of_sequence}) do
    redis.call('EXPIRE', key, given.entries_kept)
  end
end

-- Forgets the takes that are too old, and the oldest of too many: at most AT_ONCE, so that nobody
-- waits for it. Lists of sequences may name them on; what is not there is not read.
local AT_ONCE = 100
local function forget_takes()
  local old = redis.call('ZRANGE', keys.takes_at, 0, AT_ONCE - 1, 'WITHSCORES')
  local over = redis.call('ZCARD', keys.takes_at) - given.most_takes
  for i = 1, #old, 2 do
    -- They come by age: where this one may stay, so may all behind it.
    if i > 2 * over and old[i + 1] - now > -given.entries_kept then return end
    redis.call('HDEL', keys.takes, old[i])
    redis.call('ZREM', keys.takes_at, old[i])
  end
end

if given.refuse_after and now > given.refuse_after then return {'late', score(now)} end

local old = redis.call('GET', keys.record)
if old and given.read_at == '0' then return {'repeated'} end
if old ~= given.read_at and (old and string.match(old, '^%d+') or '0') ~= given.read_at then
  return {'stale'}
end
if given.read_at == '0'
    and redis.call('ZCOUNT', keys.steps, '-inf', now + SOON) >= MOST_STARTING then
  return {'busy'}
end

-- Whatever may refuse comes before the first write of the record: Redis undoes nothing.
local once = given.slot == 'take' or given.count or given.polls == 'sooner' or given.polls == 'resumed'
local was = once and old and cjson.decode(string.match(old, ' (.*)')).state
-- Once: what is written a second time has its slots, or lost them since to one that may take them.
local takes = given.slot == 'take' and was ~= given.state
if takes then
  local holder = holder_of_a_slot()
  if holder then return {'taken', holder} end
end

-- Only once: a request that is written a second time in that state has passed the limit already.
if given.count and was ~= given.state then
  local limited = count_this_hour(given.count)
  if limited then return {'limited', limited} end
end
for _, each in ipairs(given.release or {}) do redis.call('ZREM', keys.hour, each) end

put_right(keys.clock, keys.queues, true)
redis.call('SET', keys.record, given.text)
if given.expires then redis.call('EXPIRE', keys.record, given.expires) end
schedule(keys.steps, given.step)
schedule(keys.notices, given.notice)
wait_on_video(was == 'announced' or was == 'submitting')
if given.asked_at then
  for _, key in ipairs(keys.lists) do list(key, takes) end
end
for _, slot in ipairs(keys.slots) do
  if takes then
    redis.call('SET', slot, given.id)
  -- Only its own: another request may hold it by now, with that person's consent.
  elseif given.slot == 'free' and redis.call('GET', slot) == given.id then
    redis.call('DEL', slot)
  end
end
for i, entry in ipairs(given.entries) do write_entry(entry, keys.ledgers[i], keys.sums[i]) end
for i, take in ipairs(given.ended) do write_take(take, keys.takes_of[i]) end
if #given.ended > 0 then forget_takes() end
return {'saved'}
