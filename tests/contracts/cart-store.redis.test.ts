import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis } from '../support/redis.ts'
import { openCartsUnderTest } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { cartStoreContract } from './cart-store.ts'

await whereInstalled(redisProgram, () => {
  cartStoreContract('carts on Redis', async () => {
    const { url, stop } = await startTestRedis()
    return openCartsUnderTest(url, stop)
  })
})
