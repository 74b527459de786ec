-- Writes what expires at once, beside another key, as a sign that Redis takes what requests write.
-- KEYS  1 a key of its own   2 another one, which a Cluster would keep elsewhere
-- ARGV  none
redis.call('SET', KEYS[1], '1', 'PX', 1000)
redis.call('EXISTS', KEYS[2])
