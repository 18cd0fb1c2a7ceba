-- Puts in what was loaded, where the lease is still the owner's, and gives the leases back.
-- KEYS: for each key its entry and its lease. ARGV: owner, milliseconds of an entry, then for each key
-- its version and its entry, which is empty when there is nothing to keep. Answers how many were kept.
local kept = 0
for i = 1, #KEYS, 2 do
  if redis.call('GET', KEYS[i + 1]) == ARGV[1] then
    local version, entry = tonumber(ARGV[i + 2]), ARGV[i + 3]
    local current = redis.call('GET', KEYS[i])
    if entry ~= '' and (not current or tonumber(string.match(current, '^%d+')) < version) then
      redis.call('SET', KEYS[i], entry, 'PX', ARGV[2])
      kept = kept + 1
    end
    redis.call('DEL', KEYS[i + 1])
  end
end
return kept
