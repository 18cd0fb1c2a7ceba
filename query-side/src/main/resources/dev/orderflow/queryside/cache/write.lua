-- Brings entries forward, or corrects those of the same version, voids all leases of their keys, and
-- announces each change.
-- KEYS: for each key its entry and its lease. ARGV: milliseconds of an entry, channel, then for each
-- key its version, its entry, which is empty when there is nothing to keep, and the message.
-- Answers how many entries were there and have moved.
local moved = 0
for i = 1, #KEYS, 2 do
  local argument = 3 + (i - 1) / 2 * 3
  local version, entry = tonumber(ARGV[argument]), ARGV[argument + 1]
  local current = redis.call('GET', KEYS[i])
  if current and tonumber(string.match(current, '^%d+')) <= version then
    if entry == '' then
      redis.call('DEL', KEYS[i])
    else
      redis.call('SET', KEYS[i], entry, 'PX', ARGV[1])
    end
    moved = moved + 1
  end
  redis.call('DEL', KEYS[i + 1])
  redis.call('PUBLISH', ARGV[2], ARGV[argument + 2])
end
return moved
