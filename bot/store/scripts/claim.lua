-- Claims what is due and, in the same step, moves its due time ahead: a killed claimant's share
-- is simply due again, and nothing has to be written back.
-- keys   queue     member -> Unix time (s) at which it is due
--        queues    all of them
--        clock     the time at which a due time was given last
-- given  most      to claim
--        ahead     seconds to move their due times on
--        phase     'grid' keeps each member's own, 'lease' counts from now
--        longest   seconds from now after which nothing can be due: what is, is pulled in
-- Answers now (s), the seconds until the next is due ('' when none is), the seconds by which the
-- most overdue of the claimed was late ('' when none was claimed), then the claimed members.
local MOST_PULLED_IN = 1000  -- in one step; the others follow in the next
local ahead = given.ahead
local too_far = '(' .. score(now + given.longest)

local function between(first, last, most)
  return redis.call(
    'ZRANGE', keys.queue, first, last, 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES'
  )
end

-- Whatever lies too far ahead for another reason than a clock that is seen to be put back.
local function pull_in()
  local far = between(too_far, '+inf', MOST_PULLED_IN)
  for i = 1, #far, 2 do
    local at = given.phase == 'grid' and now + (far[i + 1] - now) % ahead or now
    redis.call('ZADD', keys.queue, score(at), far[i])
  end
  return #far > 0
end

local due = between('-inf', now, given.most)
-- An idle look gives no due time, and so writes nothing.
local changed = put_right(keys.clock, keys.queues, #due > 0)
changed = pull_in() or changed
if changed then due = between('-inf', now, given.most) end
local moved, answer = {}, {}
for i = 1, #due, 2 do
  local at = now + ahead
  if given.phase == 'grid' then
    -- The 1e-6: a time on the grid that is exactly now would be due again at once.
    at = due[i + 1] + ahead * math.max(1, math.ceil((now - due[i + 1]) / ahead + 1e-6))
    -- A late one is not asked for again at once: it keeps half its interval to end in.
    if at - now < ahead / 2 then at = at + ahead end
  end
  moved[#moved + 1] = score(at)
  moved[#moved + 1] = due[i]
  answer[#answer + 1] = due[i]
end
if #moved > 0 then redis.call('ZADD', keys.queue, unpack(moved)) end
local next = redis.call('ZRANGE', keys.queue, 0, 0, 'WITHSCORES')
local wait = next[2] and score(math.max(0, next[2] - now)) or ''
local late = due[2] and score(now - due[2]) or ''
return {score(now), wait, late, unpack(answer)}
