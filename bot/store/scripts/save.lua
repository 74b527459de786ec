-- Writes a request and every index entry that follows from its state, if nobody wrote it since.
-- KEYS  1 the request   2 due steps   3 due notices   4 due polls (of videos)
--       5 the requests that wait on its video   6... its sequences' slots
-- ARGV  1 request id   2 the version it was read at ('0': it must not exist yet)   3 the record
--       4 seconds until it expires ('': never)
--       5 seconds until its step is due   6 until its notice is due   ('': not due)
--       7 video id   8 seconds until the first poll of its video ('': it does not wait on it)
--       9 'hold' its slots, or 'free' them   10 a request it may take a slot from ('': none)
--      11 Unix time (s) after which the write is refused ('': never)
-- Answers {'saved'}, {'repeated'} (exists already), {'stale'} (somebody else moved it on),
-- {'late'}, or {'taken', the request that holds one of the slots}.
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
if ARGV[11] ~= '' and now > tonumber(ARGV[11]) then return {'late'} end

local old = redis.call('GET', KEYS[1])
if old and ARGV[2] == '0' then return {'repeated'} end
if (old and string.match(old, '^%d+') or '0') ~= ARGV[2] then return {'stale'} end

if ARGV[9] == 'hold' then
  for i = 6, #KEYS do
    local holder = redis.call('GET', KEYS[i])
    if holder and holder ~= ARGV[1] and holder ~= ARGV[10] then return {'taken', holder} end
  end
end

redis.call('SET', KEYS[1], ARGV[3])
if ARGV[4] ~= '' then redis.call('EXPIRE', KEYS[1], ARGV[4]) end

local function schedule(key, delay)
  if delay == '' then
    redis.call('ZREM', key, ARGV[1])
  else
    redis.call('ZADD', key, string.format('%.6f', now + delay), ARGV[1])
  end
end
schedule(KEYS[2], ARGV[5])
schedule(KEYS[3], ARGV[6])

if ARGV[8] ~= '' then
  redis.call('SADD', KEYS[5], ARGV[1])
  redis.call('ZADD', KEYS[4], 'NX', string.format('%.6f', now + ARGV[8]), ARGV[7])
elseif redis.call('SREM', KEYS[5], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[5]) == 0 then
  redis.call('ZREM', KEYS[4], ARGV[7])
end

for i = 6, #KEYS do
  if ARGV[9] == 'hold' then
    redis.call('SET', KEYS[i], ARGV[1])
  elseif redis.call('GET', KEYS[i]) == ARGV[1] then
    redis.call('DEL', KEYS[i])
  end
end
return {'saved'}
