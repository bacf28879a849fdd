import type { NormalizedCacheObject } from '@apollo/client'
import type { Language } from './language.ts'

/** What the server hands to the script of its page. */
export interface PageState {
  slug: string
  language: Language
  /** The day of the page's calendar on which it was rendered. */
  today: string
  /** Where the server's paths begin. */
  base: string
  /** Opens a private page to whoever has opened it. */
  access?: string
  stale?: { at: string; ageMs: number }
  /** Letters can be sent. */
  canSubscribe?: true
  cache: NormalizedCacheObject
}

export const STATE_ID = 'state'

const UNSAFE = /[<>&\u2028\u2029]/g

/** JSON that can end no script element, whatever its strings hold. */
export function stateJson(state: object): string {
  return JSON.stringify(state).replace(
    UNSAFE,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
