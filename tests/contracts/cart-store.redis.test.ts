import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis } from '../support/redis.ts'
import { openLoneRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { cartStoreContract } from './cart-store.ts'

await whereInstalled(redisProgram, () => {
  cartStoreContract('carts on Redis', async () => {
    const { url, stop } = await startTestRedis()
    const { stores, published, close } = await openLoneRedisCarts(url)
    return {
      carts: stores.carts,
      offers: stores.offers,
      published,
      async close() {
        await close()
        await stop()
      },
    }
  })
})
