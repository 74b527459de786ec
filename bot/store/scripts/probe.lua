-- Writes what expires at once, beside another key, as a sign that Redis takes what requests write.
-- keys   probe      a key of its own
--        another    which a Cluster would keep elsewhere
redis.call('SET', keys.probe, '1', 'PX', 1000)
redis.call('EXISTS', keys.another)
