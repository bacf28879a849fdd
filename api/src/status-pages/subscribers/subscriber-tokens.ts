import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '../../lib/ids.ts'

/** What a link of a letter is for; it serves nothing else. */
export type LinkPurpose = 'confirm' | 'leave'

const FORM = /^([\da-f-]{36})\.([\w-]{43})$/

/** The secrets of links in letters to subscribers: they follow from the key, so none is stored. */
export class SubscriberTokens {
  constructor(private readonly key: Buffer) {}

  make(purpose: LinkPurpose, subscriberId: string): string {
    return `${subscriberId}.${this.sign(purpose, subscriberId)}`
  }

  /** Whose link it is; undefined when it is none of ours, or for something else. */
  read(purpose: LinkPurpose, token: unknown): string | undefined {
    const [, id, signature] = FORM.exec(typeof token === 'string' ? token : '') ?? []
    if (id === undefined || signature === undefined || !isId(id)) return undefined
    const expected = Buffer.from(this.sign(purpose, id))
    return timingSafeEqual(expected, Buffer.from(signature)) ? id : undefined
  }

  private sign(purpose: LinkPurpose, id: string): string {
    return createHmac('sha256', this.key).update(`${purpose} ${id}`).digest('base64url')
  }
}
