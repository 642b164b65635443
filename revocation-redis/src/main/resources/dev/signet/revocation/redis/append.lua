-- KEYS: log, ids, ends, changes. ARGV: id, the entry's text, when it ends (ms), 1 if replicas will be waited for.
-- Returns the entry's position.
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known and redis.call('ZCOUNT', KEYS[1], known, known) == 1 then
  if ARGV[4] == '1' then
    -- WAIT counts from this connection's last write: without one, a retry would find every replica up to date.
    redis.call('HSET', KEYS[2], ARGV[1], known)
  end
  return known
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local newest = tonumber(redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or 0)
local position = string.format('%.0f', math.max(newest + 1, now))

redis.call('ZADD', KEYS[1], position, ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], position)
redis.call('ZADD', KEYS[3], ARGV[3], position)
-- Wakes whoever follows; nothing is lost if that may not be.
redis.pcall('XADD', KEYS[4], 'MAXLEN', 1, '*', 'position', position)
return position
