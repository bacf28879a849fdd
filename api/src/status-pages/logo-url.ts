import { createHash } from 'node:crypto'
import type { StatusPageEntity } from './status-page.entity.ts'

/** The path of a page's logo; another picture has another. null: none. */
export function logoUrlOf({ slug, logo }: Pick<StatusPageEntity, 'slug' | 'logo'>): string | null {
  if (!logo) return null
  return `/status/${slug}/logo?v=${createHash('sha256').update(logo).digest('base64url').slice(0, 10)}`
}
