-- Notes that something is used now, such as a video, so that it is the newest of each list.
-- KEYS  the lists: member -> Unix time (s)
-- ARGV  1 the member   2 most of each list   3 seconds until a list is forgotten
for _, key in ipairs(KEYS) do
  end_before(key, now)  -- or else, after the clock was put back, `last` would be another video for a while
  redis.call('ZADD', key, score(now), ARGV[1])
  redis.call('ZREMRANGEBYRANK', key, 0, -1 - ARGV[2])
  redis.call('EXPIRE', key, ARGV[3])
end
