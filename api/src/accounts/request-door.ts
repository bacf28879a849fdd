import type { ReadScope } from '../db/read-scope.ts'

/** The request as the rules of the accounts need it: where it comes from, and the cookie of its answer. */
export interface RequestDoor {
  readonly ipAddress: string
  readonly userAgent: string
  /** Scheme, host and port under which the browser sees this server, such as https://status.example.com. */
  readonly publicUrl: string
  /** The origin of the page that asks: `publicUrl`, or one of WEB_ORIGIN. Links in e-mails lead there. */
  readonly webUrl: string
  /** Hands the browser its session. */
  setSession(secret: string, expiresAt: Date): void
  /** Takes the session from the browser. */
  clearSession(): void
}

/** What a resolver of the accounts gets as its context. */
export interface AccountScope extends ReadScope {
  readonly door: RequestDoor
  /** Lets go of the snapshot; what is read next is the present. */
  refresh(): Promise<void>
}
