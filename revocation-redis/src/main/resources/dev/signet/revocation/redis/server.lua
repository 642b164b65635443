-- KEYS: log, which only says what node is meant. Returns what the server tells about itself; nothing if that may not be asked.
local info = redis.pcall('INFO')
if type(info) == 'table' then
  return ''
end
return info
