-- Takes a turn for a while, unless somebody has it.
-- keys   turn    whose it is
-- given  ms      for how many milliseconds
-- Answers 0, or the milliseconds until whoever has it gives it back: no more than a turn, though
-- the clock was put back since.
if redis.call('SET', keys.turn, 1, 'NX', 'PX', given.ms) then return 0 end
local left = redis.call('PTTL', keys.turn)
if left > given.ms then
  redis.call('SET', keys.turn, 1, 'PX', given.ms)
  left = given.ms
end
return math.max(1, left)
