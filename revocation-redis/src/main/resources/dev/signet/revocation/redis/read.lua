-- KEYS: log, ends. ARGV: from which position, how many.
-- Returns the head, and texts and positions by turns.

-- Changes nothing, but only a primary that takes writes lets it pass. One whose disk is full stays readable.
local primary = redis.pcall('ZREM', KEYS[2], '')
if type(primary) == 'table' and not string.find(primary.err, 'MISCONF', 1, true) then
  return primary
end

local head = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or '0'
local entries = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
return {head, entries}
