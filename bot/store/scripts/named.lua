-- Stands before every script, and is alone in counting: `keys` holds Redis's keys by name (one, or a
-- list), `given` the arguments by name; one that was not given is nil.
local given = cjson.decode(ARGV[1])
local keys = {}
for name, place in pairs(given.keys) do
  if type(place) == 'table' then
    for i = 1, #place do place[i] = KEYS[place[i]] end
    keys[name] = place
  else
    keys[name] = KEYS[place]
  end
end

