import { z } from 'zod'

import { productImage } from '../../pictures/draw.ts'
import type { Policy } from '../policy.ts'

const imagePath = z.object({ category: z.string(), file: z.string() })

/** Pictures of products, drawn from their address alone, so that they can be cached for ever and need no store. */
export const serveImages: Policy = (server) => {
  server.get('/images/:category/:file', (request, reply) => {
    const image = productImage(imagePath.parse(request.params))
    if (image === null) {
      reply.callNotFound()
      return
    }
    reply.header('cache-control', 'public, max-age=604800').header('etag', image.etag)
    // An SVG opened by itself is a document: it may draw, and nothing else.
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    if (request.headers['if-none-match'] === image.etag) return reply.status(304).send()
    return reply.type('image/svg+xml; charset=utf-8').send(image.body)
  })
}
