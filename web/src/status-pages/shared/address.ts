import { api } from '../../lib/api.ts'

interface Place {
  slug: string
  domain?: string | null
}

/** Where everything of a page is, such as `https://up.example.com/status/acme`. */
export const doorsOf = (slug: string): string => api.httpUrl(`/status/${slug}`)

/** The address that visitors are given: the page's own domain, where it has one. */
export const addressOf = ({ slug, domain }: Place): string =>
  domain ? `${location.protocol}//${domain}/` : doorsOf(slug)

/** An address as people write it down. */
export const shortAddress = (address: string): string =>
  address.replace(/^https?:\/\//, '').replace(/\/$/, '')
