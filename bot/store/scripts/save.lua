-- Writes a request and everything that follows from its state, if nobody wrote it since.
-- KEYS  1 the request   2 due steps   3 due notices   4 due polls (of videos)
--       5 the requests that wait on its video   6-9 the lists it stands in, by time
--       10 the sequences that its person started within the hour   11 the clock
--       12... its sequences' slots, then for each entry of the ledger two: the month's ledger, and
--       the month's sums
-- ARGV  1 request id   2 the version it was read at ('0': it must not exist yet), or the whole
--       record as it was   3 the record
--       4 seconds until it expires ('': never)
--       5 seconds until its step is due   6 until its notice is due   ('': not due)
--       7 video id   8 seconds until the first poll of its video ('': it does not wait on it)
--       9 'take' its slots, 'keep' them as they are, or 'free' them
--      10 a request it may take a slot from ('': none)
--      11 Unix time (s) after which the write is refused ('': never)
--      12 when it was asked, Unix time (s) ('': it is not listed)   13 most of each list
--      14 seconds for which it is listed
--      15 'count' its sequences within the hour, 'release' them, or ''   16 most within an hour
--      17 whose ledger entries   18 seconds for which they are kept
--      19 how many slots   20 how many sequences are counted or released
--      21... these, as members; then for each ledger entry three: field, entry, credits ('': not known)
-- Answers {'saved'}, {'repeated'} (exists already), {'stale'} (somebody else moved it on),
-- {'late', now (s)}, {'busy'} (a new one, and too many are waiting to be started),
-- {'taken', the request that holds one of the slots}, or {'limited', seconds until it may start}.
local HOUR = 3600
-- Requests whose next step is due within so many seconds are on their way to IACrea; those that
-- IACrea is at work on are due at their deadline. More than so many new ones are not taken on: the
-- last of them would wait for minutes, and Slack takes one message a second in a channel.
local SOON = 15
local MOST_STARTING = 1000
local FIRST_SLOT = 12
local LAST_SLOT = 11 + ARGV[19]
local LAST_COUNTED = 20 + ARGV[20]
if ARGV[11] ~= '' and now > tonumber(ARGV[11]) then return {'late', score(now)} end

local old = redis.call('GET', KEYS[1])
if old and ARGV[2] == '0' then return {'repeated'} end
if old ~= ARGV[2] and (old and string.match(old, '^%d+') or '0') ~= ARGV[2] then return {'stale'} end
if ARGV[2] == '0' and redis.call('ZCOUNT', KEYS[2], '-inf', now + SOON) >= MOST_STARTING then
  return {'busy'}
end

local was = ARGV[9] == 'take' and old and cjson.decode(string.match(old, ' (.*)')).state
-- Once: what is written a second time has its slots, or lost them since to one that may take them.
local takes = ARGV[9] == 'take' and was ~= 'checked'
if takes then
  for i = FIRST_SLOT, LAST_SLOT do
    local holder = redis.call('GET', KEYS[i])
    if holder and holder ~= ARGV[1] and holder ~= ARGV[10] then return {'taken', holder} end
  end
end

if ARGV[15] == 'count' then
  -- Only once: a request whose check is written a second time has passed the limit already.
  if takes then
    end_before(KEYS[10], now)
    redis.call('ZREMRANGEBYSCORE', KEYS[10], '-inf', now - HOUR)
    local counted = redis.call('ZCARD', KEYS[10])
    local over = counted + ARGV[20] - ARGV[16]
    if over > 0 then
      local at = math.min(over, counted) - 1
      local first = redis.call('ZRANGE', KEYS[10], at, at, 'WITHSCORES')[2] or now - HOUR
      return {'limited', score(first + HOUR - now)}
    end
    for i = 21, LAST_COUNTED do
      redis.call('ZADD', KEYS[10], score(now), ARGV[i])
    end
    redis.call('EXPIRE', KEYS[10], HOUR)
  end
elseif ARGV[15] == 'release' then
  for i = 21, LAST_COUNTED do redis.call('ZREM', KEYS[10], ARGV[i]) end
end

put_right(KEYS[11], {KEYS[2], KEYS[3], KEYS[4]}, true)
redis.call('SET', KEYS[1], ARGV[3])
if ARGV[4] ~= '' then redis.call('EXPIRE', KEYS[1], ARGV[4]) end

local function schedule(key, delay)
  if delay == '' then
    redis.call('ZREM', key, ARGV[1])
  else
    redis.call('ZADD', key, score(now + delay), ARGV[1])
  end
end
schedule(KEYS[2], ARGV[5])
schedule(KEYS[3], ARGV[6])

if ARGV[8] ~= '' then
  redis.call('SADD', KEYS[5], ARGV[1])
  redis.call('ZADD', KEYS[4], 'NX', score(now + ARGV[8]), ARGV[7])
elseif redis.call('SREM', KEYS[5], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[5]) == 0 then
  redis.call('ZREM', KEYS[4], ARGV[7])
end

if ARGV[12] ~= '' then
  for i = 6, 9 do
    if takes then end_before(KEYS[i], ARGV[12]) end
    redis.call('ZADD', KEYS[i], ARGV[12], ARGV[1])
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - ARGV[14])
    redis.call('ZREMRANGEBYRANK', KEYS[i], 0, -1 - ARGV[13])
    redis.call('EXPIRE', KEYS[i], ARGV[14])
  end
end

for i = FIRST_SLOT, LAST_SLOT do
  if takes then
    redis.call('SET', KEYS[i], ARGV[1])
  elseif ARGV[9] == 'free' and redis.call('GET', KEYS[i]) == ARGV[1] then
    redis.call('DEL', KEYS[i])
  end
end

local ledger = LAST_SLOT + 1
for i = LAST_COUNTED + 1, #ARGV, 3 do
  local was = redis.call('HGET', KEYS[ledger], ARGV[i])
  local summed = was and cjson.decode(was).credits or 0
  local more = (tonumber(ARGV[i + 2]) or 0) - summed
  redis.call('HSET', KEYS[ledger], ARGV[i], ARGV[i + 1])
  redis.call('EXPIRE', KEYS[ledger], ARGV[18])
  if more ~= 0 then
    redis.call('HINCRBYFLOAT', KEYS[ledger + 1], ARGV[17], string.format('%.17g', more))
    redis.call('EXPIRE', KEYS[ledger + 1], ARGV[18])
  end
  ledger = ledger + 2
end
return {'saved'}
