-- Gives a video a name, unless another video is called that; its old name is free again.
-- KEYS  1 folded name -> video id   2 video id -> its folded name, a space, its name as written
-- ARGV  1 video id   2 the folded name   3 the name
-- Answers the id of the video that is called that now.
local holder = redis.call('HGET', KEYS[1], ARGV[2])
if holder and holder ~= ARGV[1] then return holder end
local old = redis.call('HGET', KEYS[2], ARGV[1])
if old then redis.call('HDEL', KEYS[1], string.match(old, '^[^ ]*')) end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
return ARGV[1]
