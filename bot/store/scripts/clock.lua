-- Stands before the scripts that go by the time: what they do with a clock that was put back.
-- A due time is given as a number of seconds from now, and kept as Unix time. Were the clock put
-- back by an hour, it would come an hour late. So the time at which due times are given is kept, and
-- where that lies ahead of now, all of them are brought forward by as much.
local NOTICEABLE = 0.05  -- seconds; less is how far two servers that fail over may be apart
local read = redis.call('TIME')
local now = read[1] + read[2] / 1000000

local function score(at) return string.format('%.6f', at) end

-- Brings what lies ahead of now forward by so many seconds.
local function bring_forward(key, seconds)
  local ahead = redis.call('ZRANGE', key, '(' .. score(now), '+inf', 'BYSCORE', 'WITHSCORES')
  for i = 1, #ahead, 2 do redis.call('ZADD', key, score(ahead[i + 1] - seconds), ahead[i]) end
end

-- For a set by the time at which something happened: what lies ahead of now was before `at`.
local function end_before(key, at)
  local newest = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')[2]
  -- A microsecond earlier, so that what happens at `at` is the newest.
  if newest and newest - now > 0 then bring_forward(key, newest - at + 0.000001) end
end

-- Keeps the time at which a due time is given (or only looks, where none is); says whether those
-- in the sets had to be brought forward.
local function put_right(clock, sets, gives)
  local last = gives and redis.call('SET', clock, score(now), 'GET') or redis.call('GET', clock)
  if not last or last - now < NOTICEABLE then return false end
  for _, key in ipairs(sets) do bring_forward(key, last - now) end
  redis.call('SET', clock, score(now))
  return true
end

