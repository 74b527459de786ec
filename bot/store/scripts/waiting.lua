-- Reads the requests that wait on a video; one that is no longer there is forgotten.
-- keys   waiting    the requests that wait on it
--        following  the follows that wait on it
--        polls      the queue of videos
-- given  prefix     what a request's key begins with
--        video      its id
-- Answers request id, record, request id, record, …
local answer = {}
for _, id in ipairs(redis.call('SMEMBERS', keys.waiting)) do
  local record = redis.call('GET', given.prefix .. id)
  if record then
    answer[#answer + 1] = id
    answer[#answer + 1] = record
  else
    redis.call('SREM', keys.waiting, id)
  end
end
if #answer == 0 and redis.call('EXISTS', keys.following) == 0 then
  -- Otherwise IACrea would be asked for ever, for nobody.
  redis.call('ZREM', keys.polls, given.video)
end
return answer
