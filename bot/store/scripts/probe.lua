-- Writes what expires at once, as a sign that Redis takes writes.
-- KEYS  1 a key of its own
-- ARGV  none
redis.call('SET', KEYS[1], '1', 'PX', 1000)
