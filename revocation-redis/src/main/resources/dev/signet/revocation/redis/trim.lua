-- KEYS: log, ids, ends. ARGV: how many at most.
-- Drops what has ended, but never the newest entry; returns how many those were.
local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
local ended = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, ARGV[1])
local dropped = 0
for _, position in ipairs(ended) do
  if position ~= newest then
    local text = redis.call('ZRANGEBYSCORE', KEYS[1], position, position)[1]
    if text then
      local id = string.match(text, '^[^ ]+')
      redis.call('ZREM', KEYS[1], text)
      if redis.call('HGET', KEYS[2], id) == position then
        redis.call('HDEL', KEYS[2], id)
      end
    end
    redis.call('ZREM', KEYS[3], position)
    dropped = dropped + 1
  end
end
return dropped
