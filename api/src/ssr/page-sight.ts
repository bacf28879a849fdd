import { createHash } from 'node:crypto'

/** What the page's question answered, as far as the server looks into it. */
export interface PageAnswer {
  data: { publicStatusPage: PageFacts }
}

export interface PageFacts {
  timeZone: string
  locale: string | null
  [field: string]: unknown
}

/** What somebody sees of a slug. */
export type PageSight =
  | {
      kind: 'page'
      answer: PageAnswer
      /** When it was read, in ms since 1970. */
      readAt: number
      /** Equal for equal content, whenever it was read. */
      signature: string
    }
  /** It is there, and wants its password. */
  | { kind: 'locked' }
  /** There is none, or nothing of it may be told. */
  | { kind: 'unknown' }

export type PageShown = Extract<PageSight, { kind: 'page' }>
export type PageHidden = Exclude<PageSight, PageShown>

/** The cursor moves with every beat of the workspace: it is no part of what a visitor sees. */
export function signatureOf({ data }: PageAnswer): string {
  const { liveCursor: _cursor, ...seen } = data.publicStatusPage
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url')
}
