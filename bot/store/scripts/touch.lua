-- Notes that something is used now, such as a video, so that it is the newest of each list.
-- keys   lists     member -> Unix time (s)
-- given  member    what is used
--        most      of each list
--        idle      seconds until a list is forgotten
for _, key in ipairs(keys.lists) do
  end_before(key, now)  -- or else, after the clock was put back, `last` would be another video for a while
  redis.call('ZADD', key, score(now), given.member)
  redis.call('ZREMRANGEBYRANK', key, 0, -1 - given.most)
  redis.call('EXPIRE', key, given.idle)
end
