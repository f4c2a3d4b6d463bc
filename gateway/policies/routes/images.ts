import { z } from 'zod'

import { productImage } from '../../../pictures/draw.ts'
import { isNamedBy } from '../../http/etags.ts'
import type { Policy } from '../../policy.ts'

const imagePath = z.object({ category: z.string(), file: z.string() })

/** Pictures of products, drawn from their address alone, so that they can be cached for ever and need no store. */
export const serveImages: Policy = (server, { config }) => {
  if (config.foreign === true) return
  server.get('/images/:category/:file', (request, reply) => {
    const image = productImage(imagePath.parse(request.params))
    if (image === null) {
      reply.callNotFound()
      return
    }
    // Weak, since the same picture is sent in several encodings.
    const etag = `W/${image.etag}`
    reply.header('cache-control', 'public, max-age=604800').header('etag', etag)
    // Shops on other origins show them.
    reply.header('cross-origin-resource-policy', 'cross-origin')
    // An SVG opened by itself is a document: it may draw, and nothing else.
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    if (isNamedBy(request.headers['if-none-match'], image.etag)) return reply.status(304).send()
    return reply.type('image/svg+xml; charset=utf-8').send(image.body)
  })
}
