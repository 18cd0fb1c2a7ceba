-- Keeps rows for what is left of their time by the clock of this server, but over nothing newer, and
-- announces them. Answers the time in milliseconds.
-- KEYS: the entries. ARGV: when the rows were true, how long they may be kept, the channel, then for each
-- its version, its value and its announcement; an empty value is not kept, an empty announcement not sent.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = math.min(ARGV[1] + ARGV[2] - now, tonumber(ARGV[2]))
for i, key in ipairs(KEYS) do
  local version, value, announcement = ARGV[3 * i + 1], ARGV[3 * i + 2], ARGV[3 * i + 3]
  if left > 0 and value ~= '' then
    local kept = redis.call('GET', key)
    if not kept or (tonumber(string.match(kept, '^%d+')) or -1) <= tonumber(version) then
      redis.call('SET', key, version .. ':' .. value, 'PX', left)
    end
  end
  if announcement ~= '' then
    redis.call('PUBLISH', ARGV[3], announcement)
  end
end
return now
