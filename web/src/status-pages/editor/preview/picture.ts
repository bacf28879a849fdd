import { api } from '../../../lib/api.ts'

/** The address of a logo: a new one is its own address, a stored one lies on the server. */
export const pictureOf = (logo: string): string => (logo.startsWith('/') ? api.httpUrl(logo) : logo)
