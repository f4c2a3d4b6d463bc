import { publishLua } from '../../../../platform/redis/outbox.ts'
import { script } from '../../../../platform/redis/script.ts'

/** Begins to bring a shard back from the backup, unless it is whole, or somebody has begun; answers how it is. */
export const enter = script(`
redis.call('SET', KEYS[1], 'restoring ' .. ARGV[1], 'NX')
return redis.call('GET', KEYS[1])`)

/** All that the backup has of the shard is there. Not so if it was lost once more meanwhile. */
export const finish = script(`
if redis.call('GET', KEYS[1]) == 'restoring ' .. ARGV[1] then redis.call('SET', KEYS[1], 'whole ' .. ARGV[1]) end`)

/**
 * How the shard is, and the cart. A guest's use of it is written down once in a while: each writing waits for the disk.
 * KEYS: state, cart, guests. ARGV: now, before when it must have been written down last, the guest's id or nothing.
 */
export const look = script(`
if ARGV[3] ~= '' then
  local used = redis.call('ZSCORE', KEYS[3], ARGV[3])
  if used and tonumber(used) < tonumber(ARGV[2]) then redis.call('ZADD', KEYS[3], ARGV[1], ARGV[3]) end
end
return { redis.call('GET', KEYS[1]), redis.call('HGET', KEYS[2], 'cart') }`)

/** KEYS: state, cart, outbox, unsaved, guests. ARGV: now, member, guest's id or nothing, id, version, cart; the rest differs. */
const writeLua = `
${publishLua}
local function write()
  redis.call('HSET', KEYS[2], 'id', ARGV[4], 'version', ARGV[5], 'cart', ARGV[6])
  redis.call('ZADD', KEYS[4], 'NX', ARGV[1], ARGV[2])
end`

/**
 * The next version of a cart, or the first one. Whether an owner has no cart yet is known where the shard is whole, or the
 * backup was asked in this generation of it. ARGV[7]: the state of the shard when the backup was asked, or nothing.
 */
export const save = script(`
${writeLua}
local known = redis.call('HMGET', KEYS[2], 'id', 'version')
local before = tonumber(ARGV[5]) - 1
if known[2] then
  if known[1] ~= ARGV[4] or tonumber(known[2]) ~= before then return 'CHANGED' end
else
  if before ~= 0 then return 'CHANGED' end
  local state = redis.call('GET', KEYS[1])
  if not state or (string.sub(state, 1, 5) ~= 'whole' and state ~= ARGV[7]) then return 'ASK THE BACKUP' end
end
write()
redis.call('HDEL', KEYS[2], 'expired')
if ARGV[3] ~= '' then redis.call('ZADD', KEYS[5], ARGV[1], ARGV[3]) end
publish(KEYS[3], 8)
return 'SAVED'`)

/** A cart of the backup, unless there is one. ARGV[7]: the generation in which the backup was read. */
export const restore = script(`
${writeLua}
local state = redis.call('GET', KEYS[1])
if state ~= 'restoring ' .. ARGV[7] and state ~= 'whole ' .. ARGV[7] then return 'LOST AGAIN' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'THERE' end
write()
if ARGV[3] ~= '' then redis.call('ZADD', KEYS[5], ARGV[1], ARGV[3]) end
publish(KEYS[3], 8)
return 'RESTORED'`)

/** Ends a guest's cart, which is removed when the backup has that. ARGV[7]: since when it must not have been used. */
export const expire = script(`
${writeLua}
local used = redis.call('ZSCORE', KEYS[5], ARGV[3])
if not used or tonumber(used) > tonumber(ARGV[7]) then return 'USED' end
if redis.call('HGET', KEYS[2], 'id') ~= ARGV[4] then return 'CHANGED' end
if tonumber(redis.call('HGET', KEYS[2], 'version')) ~= tonumber(ARGV[5]) - 1 then return 'CHANGED' end
write()
redis.call('HSET', KEYS[2], 'expired', '1')
redis.call('ZREM', KEYS[5], ARGV[3])
publish(KEYS[3], 8)
return 'EXPIRED'`)

/**
 * A cart that is older than what the backup has of it, as after a failover to a replica that lagged: goes on in a version above
 * that. ARGV[5]: this version; ARGV[7]: the version it was read in.
 */
export const raise = script(`
${writeLua}
local known = redis.call('HMGET', KEYS[2], 'id', 'version')
if known[1] ~= ARGV[4] or known[2] ~= ARGV[7] then return 'CHANGED' end
write()
publish(KEYS[3], 8)
return 'RAISED'`)

/** How the shard is, and its unsaved carts, the oldest first, each with the time of its first unsaved change. */
export const unsavedCarts = script(`
return { redis.call('GET', KEYS[1]), redis.call('ZRANGE', KEYS[2], 0, tonumber(ARGV[1]) - 1, 'WITHSCORES') }`)

/**
 * The backup has these carts in these versions. What was changed since, or begun anew, is unsaved from when they were read.
 * KEYS: unsaved, guests, carts. ARGV: when they were read, then member, id and version of each. Answers those that are gone.
 */
export const saved = script(`
local gone = {}
for index = 3, #KEYS do
  local member, id, version = ARGV[3 * index - 7], ARGV[3 * index - 6], ARGV[3 * index - 5]
  local known = redis.call('HMGET', KEYS[index], 'id', 'version', 'expired')
  if known[1] and (known[1] ~= id or known[2] ~= version) then
    redis.call('ZADD', KEYS[1], 'XX', ARGV[1], member)
  else
    redis.call('ZREM', KEYS[1], member)
    if not known[1] then table.insert(gone, member) end
    if known[3] then redis.call('DEL', KEYS[index]) end
  end
end
return gone`)
