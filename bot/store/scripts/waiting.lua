-- Reads the requests that wait on a video; one that is no longer there is forgotten.
-- KEYS  1 the requests that wait on it   2 due polls (of videos)
-- ARGV  1 what a request's key begins with   2 video id
-- Answers request id, record, request id, record, …
local answer = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local record = redis.call('GET', ARGV[1] .. id)
  if record then
    answer[#answer + 1] = id
    answer[#answer + 1] = record
  else
    redis.call('SREM', KEYS[1], id)
  end
end
if #answer == 0 then redis.call('ZREM', KEYS[2], ARGV[2]) end
return answer
