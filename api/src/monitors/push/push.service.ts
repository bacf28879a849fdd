import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isDatabaseAway } from '../recording/database-away.ts'
import type { Recorder } from '../recording/recorder.ts'
import { type PushQuery, readPush } from './push-message.ts'
import { hashPushToken, isPushToken } from './push-token.ts'

interface Address {
  workspaceId: string
  monitorId: string
}

const MOST_REMEMBERED = 50_000
/** Look-ups of unknown addresses at once; who guesses must not fill the memory. */
const MOST_LOOK_UPS = 1_000

/** The answer of Uptime Kuma's push API; `ok: false` travels with the status 404. */
export type PushAnswer = { ok: true } | { ok: false; msg: string }

const UNKNOWN: PushAnswer = { ok: false, msg: 'Monitor not found or not active.' }

/** Takes the signs of life that jobs send. A token is authority enough; there is no actor. */
export class PushService {
  /** A token never changes its monitor, and whether that is still there is seen when the beat is stored. */
  private readonly addresses = new Map<string, Address>()
  private readonly lookingUp = new Map<string, Promise<Address | undefined>>()

  constructor(
    private readonly options: {
      database: { worker: SqlRunner }
      recorder: Recorder
      clock: Clock
    },
  ) {}

  /**
   * Stores one push. `ok` is answered only after the commit: it survives a crash. Throws UNAVAILABLE when it
   * can't be stored now (details.retryAfterSeconds).
   */
  async receive(token: string, query: PushQuery): Promise<PushAnswer> {
    const arrivedUs = Math.floor(this.options.clock.now() * 1000)
    const message = readable(query)
    if ('ok' in message) return message
    const address = isPushToken(token) ? await this.addressOf(token).catch(unavailable) : undefined
    if (!address) return UNKNOWN
    const beat = { kind: 'push' as const, ...address, arrivedUs, ...message }
    const { outcome } = await this.options.recorder.push(beat)
    if (outcome === 'stored') return { ok: true }
    if (outcome === 'gone') this.addresses.delete(token)
    return UNKNOWN
  }

  private async addressOf(token: string): Promise<Address | undefined> {
    const known = this.addresses.get(token)
    if (known) return known
    if (this.lookingUp.size >= MOST_LOOK_UPS) throw comeAgain()
    const search =
      this.lookingUp.get(token) ?? this.lookUp(token).finally(() => this.lookingUp.delete(token))
    this.lookingUp.set(token, search)
    return search
  }

  private async lookUp(token: string): Promise<Address | undefined> {
    const rows = (await this.options.database.worker.query(
      `select workspace_id as "workspaceId", id as "monitorId" from monitor
        where push_token_hash = $1 and deleted_at is null`,
      [hashPushToken(token)],
    )) as Address[]
    const found = rows[0]
    if (found) this.remember(token, found)
    return found
  }

  private remember(token: string, address: Address): void {
    if (this.addresses.size >= MOST_REMEMBERED) this.addresses.clear()
    this.addresses.set(token, address)
  }
}

function unavailable(error: unknown): never {
  throw isDatabaseAway(error) ? comeAgain() : error
}

function comeAgain(): AppError {
  return new AppError('UNAVAILABLE', 'The push could not be stored now; send it again.', {
    retryAfterSeconds: 5,
  })
}

function readable(query: PushQuery): ReturnType<typeof readPush> | PushAnswer {
  try {
    return readPush(query)
  } catch (error) {
    if (error instanceof AppError) return { ok: false, msg: error.message }
    throw error
  }
}
