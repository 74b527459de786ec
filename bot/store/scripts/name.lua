-- Gives a video a name, unless another video is called that; its old name is free again.
-- keys   names     folded name -> video id
--        named     video id -> its folded name, a space, its name as written
-- given  video     its id
--        folded, name    the name, as it is compared and as it was written
-- Answers the id of the video that is called that now.
local holder = redis.call('HGET', keys.names, given.folded)
if holder and holder ~= given.video then return holder end
local old = redis.call('HGET', keys.named, given.video)
if old then redis.call('HDEL', keys.names, string.match(old, '^[^ ]*')) end
redis.call('HSET', keys.names, given.folded, given.video)
redis.call('HSET', keys.named, given.video, given.folded .. ' ' .. given.name)
return given.video
