-- Writes a follow and everything that follows from its state, if nobody wrote it since.
-- keys   record       the follow
--        queue        the follows with something due: member -> Unix time (s)
--        polls        the queue of videos
--        queues, clock    as in claim.lua
--        following    the follows that wait on its video
--        waiting      the requests that wait on its video
--        followed     what is followed: its channel and video -> the follow
-- given  id, text     its id, and its record
--        read_at      the version it was read at ('0': it must not exist yet)
--        expires      seconds until it is forgotten (nil: never)
--        due          seconds until something is due (nil: nothing is)
--        video, first_poll    its video, and seconds until the first poll (nil: it does not wait)
--        place        its channel and video
--        active       whether it is one of those that are followed
--        most         of those at a time
--        refuse_after Unix time (s) after which the write is refused (nil: never)
-- Answers {'saved'}, {'repeated'} (exists already), {'stale'} (somebody else moved it on),
-- {'late', now (s)}, {'taken', the follow that is there}, or {'full'}.
if given.refuse_after and now > given.refuse_after then return {'late', score(now)} end

local old = redis.call('GET', keys.record)
if old and given.read_at == '0' then return {'repeated'} end
if (old and string.match(old, '^%d+') or '0') ~= given.read_at then return {'stale'} end

local holder = redis.call('HGET', keys.followed, given.place)
if given.active and holder ~= given.id then
  if holder then return {'taken', holder} end
  if #redis.call('HGETALL', keys.followed) / 2 >= given.most then return {'full'} end
  redis.call('HSET', keys.followed, given.place, given.id)
elseif not given.active and holder == given.id then
  redis.call('HDEL', keys.followed, given.place)
end

put_right(keys.clock, keys.queues, true)
redis.call('SET', keys.record, given.text)
if given.expires then redis.call('EXPIRE', keys.record, given.expires) end
if given.due then
  redis.call('ZADD', keys.queue, score(now + given.due), given.id)
else
  redis.call('ZREM', keys.queue, given.id)
end
if given.first_poll then
  redis.call('SADD', keys.following, given.id)
  -- NX: a request may have it polled already, and its place on the grid stays.
  redis.call('ZADD', keys.polls, 'NX', score(now + given.first_poll), given.video)
-- The last one to leave ends the polls: requests and follows share them.
elseif redis.call('SREM', keys.following, given.id) == 1
    and redis.call('EXISTS', keys.following) == 0 and redis.call('EXISTS', keys.waiting) == 0 then
  redis.call('ZREM', keys.polls, given.video)
end
return {'saved'}
