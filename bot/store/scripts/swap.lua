-- Puts a text in the place of another, unless somebody wrote meanwhile; it expires as it would have.
-- KEYS  1 the text
-- ARGV  1 what it was read as   2 what it becomes
-- Answers 1 where it did, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
