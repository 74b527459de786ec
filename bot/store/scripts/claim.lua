-- Claims what is due and, in the same step, moves its due time ahead: a killed claimant's share
-- is simply due again, and nothing has to be written back.
-- KEYS  1 the due set: member -> Unix time (s) at which it is due
-- ARGV  1 most to claim   2 seconds to move ahead   3 'grid' keeps each member's own phase,
--       'lease' counts from now
-- Answers now (s), the seconds until the next is due ('' when none is), the seconds by which the
-- most overdue of the claimed was late ('' when none was claimed), then the claimed members.
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local ahead = tonumber(ARGV[2])
local due = redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[1], 'WITHSCORES')
local moved, answer = {}, {}
for i = 1, #due, 2 do
  local at = now + ahead
  if ARGV[3] == 'grid' then
    at = due[i + 1] + ahead * math.max(1, math.ceil((now - due[i + 1]) / ahead + 1e-6))
    -- A late one is not asked for again at once: it keeps half its interval to end in.
    if at - now < ahead / 2 then at = at + ahead end
  end
  moved[#moved + 1] = string.format('%.6f', at)
  moved[#moved + 1] = due[i]
  answer[#answer + 1] = due[i]
end
if #moved > 0 then redis.call('ZADD', KEYS[1], unpack(moved)) end
local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local wait = next[2] and string.format('%.6f', math.max(0, next[2] - now)) or ''
local late = due[2] and string.format('%.6f', now - due[2]) or ''
return {string.format('%.6f', now), wait, late, unpack(answer)}
