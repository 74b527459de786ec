-- Gives something that waits another due time.
-- KEYS  1 the due set   2 the clock   3-5 all due sets
-- ARGV  1 the member   2 seconds from now   3 'sooner': never later than it is due already; or 'any'
put_right(KEYS[2], {KEYS[3], KEYS[4], KEYS[5]}, true)
local at = score(now + ARGV[2])
if ARGV[3] == 'sooner' then
  redis.call('ZADD', KEYS[1], 'XX', 'LT', at, ARGV[1])
else
  redis.call('ZADD', KEYS[1], 'XX', at, ARGV[1])
end
