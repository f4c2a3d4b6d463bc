import { createHash } from 'node:crypto'
import { drawProductImage } from './draw.ts'

export interface ProductImage {
  /** SVG. */
  body: string
  /** Strong, in its quotation marks, as the header wants it. */
  etag: string
}

const fileForm = /^([^/]+)\.svg$/

/** The picture at `/images/<category>/<file>`, where the file is `<product slug>.svg`; null when no such address can be. */
export function productImage({ category, file }: { category: string; file: string }): ProductImage | null {
  const slug = fileForm.exec(file)?.[1]
  const body = slug === undefined ? null : drawProductImage(category, slug)
  return body === null ? null : { body, etag: etagOf(body) }
}

// Of the content, so that a better drawing in a later version is fetched although its address is the same.
function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
}
