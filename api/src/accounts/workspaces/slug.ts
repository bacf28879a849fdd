import { randomBytes } from 'node:crypto'

export const LONGEST_SLUG = 40
const FORM = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/

/** Whether a text may be a workspace's name in addresses. */
export function isSlug(text: string): boolean {
  return FORM.test(text)
}

/** A name for addresses out of a name for people; a random one where no letter of it can stand there. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '')
  return isSlug(slug) ? slug : `w-${randomBytes(5).toString('hex')}`
}
