-- Looks up keys, and takes the lease of those under which there is nothing.
-- KEYS: for each key its entry and its lease. ARGV: owner, milliseconds of a lease.
-- Answers for each key the entry, or 1 when the lease is taken now, or 0 when somebody else has it.
local found = {}
for i = 1, #KEYS, 2 do
  local entry = redis.call('GET', KEYS[i])
  if entry then
    found[#found + 1] = entry
  elseif redis.call('SET', KEYS[i + 1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    found[#found + 1] = 1
  else
    found[#found + 1] = 0
  end
end
return found
