-- Lets calls leave, as many as each of their budgets has room for, the most urgent first.
-- keys   budget, line, times    of each budget: what is left, who waits by precedence, until when
-- given  priority    0 is never held back
--        calls       how many
--        name        of who asks, '' keeps no place
--        limits      of each budget: its calls per second (rate), and its burst
-- Answers 0 where they may leave now, or the milliseconds after which to ask again; and which of the
-- budgets has no room for so long.
local LATE = 5  -- seconds after its time from which on nobody waits for who waited
local KEPT = 3600
local LOWEST = 4  -- leaves one call to whoever is more urgent
local priority, calls, name = given.priority, given.calls, given.name
-- A Unix time is far smaller than 1e11, so that the priority decides first.
local precedence = priority * 1e11 + now
local budgets, longest, scarce = {}, 0, 1

local function read(number)
  local limit = given.limits[number]
  local budget = {left = keys.budget[number], line = keys.line[number], times = keys.times[number],
    rate = limit.rate, burst = limit.burst}
  local kept = redis.call('HMGET', budget.left, 'calls', 'at', 'stop')
  local at, stop = tonumber(kept[2] or now), tonumber(kept[3] or 0)
  if at > now then stop = stop - (at - now); at = now end  -- the clock was put back
  budget.stop = stop
  budget.calls = math.min(budget.burst, tonumber(kept[1] or budget.burst) + (now - at) * budget.rate)
  return budget
end

-- Those who are more urgent, or came first, and still come back.
local function ahead(budget)
  if priority == 0 then return 0 end
  -- Who does not come back, perhaps killed, must not hold up those behind.
  for _, gone in ipairs(redis.call('ZRANGE', budget.times, '-inf', score(now - LATE), 'BYSCORE')) do
    redis.call('ZREM', budget.line, gone)
    redis.call('ZREM', budget.times, gone)
  end
  local own = redis.call('ZSCORE', budget.line, name)
  return redis.call('ZCOUNT', budget.line, '-inf', own and '(' .. own or score(precedence))
end

local function wait(budget)
  local stopped = math.max(0, budget.stop - now)
  if priority == 0 then return stopped end
  local before = ahead(budget) + (priority == LOWEST and 1 or 0)
  -- A budget never holds more than its burst, so a full one is all there is to wait for.
  local missing = math.min(before + calls, budget.burst) - budget.calls
  if stopped == 0 and missing <= 0 then return 0 end
  return math.max(stopped, (before + calls - budget.calls) / budget.rate, 0.001)
end

for number = 1, #keys.budget do
  local budget = read(number)
  budget.wait = wait(budget)
  if budget.wait > longest then longest, scarce = budget.wait, number end
  budgets[number] = budget
end
-- Only once all are read: a call takes from each of its budgets, or from none.
for _, budget in ipairs(budgets) do
  if longest == 0 then
    budget.calls = budget.calls - calls
    -- With an end to the debt, or a crowd that is not held back would silence all others.
    if priority == 0 then budget.calls = math.max(budget.calls, -budget.burst) end
    redis.call('ZREM', budget.line, name)
    redis.call('ZREM', budget.times, name)
  elseif budget.wait > 0 and name ~= '' and priority < LOWEST then
    -- NX: whoever asks again keeps the place that they came first for.
    redis.call('ZADD', budget.line, 'NX', score(precedence), name)
    redis.call('ZADD', budget.times, score(now + budget.wait), name)
    redis.call('EXPIRE', budget.line, KEPT)
    redis.call('EXPIRE', budget.times, KEPT)
  end
  redis.call('HSET', budget.left, 'calls', budget.calls, 'at', score(now), 'stop', score(budget.stop))
  local full = math.max((budget.burst - budget.calls) / budget.rate, budget.stop - now)
  redis.call('EXPIRE', budget.left, math.ceil(full) + 60)
end
return {math.ceil(longest * 1000), scarce}
