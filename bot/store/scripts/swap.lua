-- Puts a text in the place of another, unless somebody wrote meanwhile; it expires as it would have.
-- keys   text    where it stands
-- given  old     what it was read as
--        new     what it becomes
-- Answers 1 where it did, else 0.
if redis.call('GET', keys.text) ~= given.old then return 0 end
redis.call('SET', keys.text, given.new, 'KEEPTTL')
return 1
