-- Lets no call of a budget leave for so long: Slack has said so.
-- keys   budget     what is left of it
-- given  seconds    an hour at most
--        rate       the budget's calls per second
local KEPT = 3600
local seconds = math.min(given.seconds, KEPT)
-- A shorter Retry-After, of another call, does not end a longer one.
local stop = math.max(now + seconds, tonumber(redis.call('HGET', keys.budget, 'stop') or 0))
-- When it is over there is room for one, as there is at Slack.
local calls = 1 - (stop - now) * given.rate
redis.call('HSET', keys.budget, 'calls', calls, 'at', score(now), 'stop', score(stop))
redis.call('EXPIRE', keys.budget, 2 * KEPT)
