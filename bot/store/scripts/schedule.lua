-- Gives something that waits another due time.
-- keys   queue, queues, clock    as in claim.lua
-- given  member     what waits
--        seconds    from now
--        how        'sooner': never later than it is due already; or 'any'
put_right(keys.clock, keys.queues, true)
local at = score(now + given.seconds)
-- XX in both: what has ended meanwhile must not become due again.
if given.how == 'sooner' then
  redis.call('ZADD', keys.queue, 'XX', 'LT', at, given.member)
else
  redis.call('ZADD', keys.queue, 'XX', at, given.member)
end
