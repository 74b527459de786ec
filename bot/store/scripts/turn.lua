-- Takes a turn for a while, unless somebody has it.
-- KEYS  1 the turn
-- ARGV  1 for how many milliseconds
-- Answers 0, or the milliseconds until whoever has it gives it back: no more than a turn, though
-- the clock was put back since.
if redis.call('SET', KEYS[1], 1, 'NX', 'PX', ARGV[1]) then return 0 end
local left = redis.call('PTTL', KEYS[1])
if left > tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
  left = tonumber(ARGV[1])
end
return math.max(1, left)
