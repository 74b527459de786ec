-- Lets no call of a budget leave for so long: Slack has said so.
-- KEYS  1 what is left of the budget
-- ARGV  1 seconds, an hour at most   2 the budget's calls per second
local KEPT = 3600
local seconds = math.min(tonumber(ARGV[1]), KEPT)
local stop = math.max(now + seconds, tonumber(redis.call('HGET', KEYS[1], 'stop') or 0))
-- When it is over there is room for one, as there is at Slack.
local calls = 1 - (stop - now) * ARGV[2]
redis.call('HSET', KEYS[1], 'calls', calls, 'at', score(now), 'stop', score(stop))
redis.call('EXPIRE', KEYS[1], 2 * KEPT)
