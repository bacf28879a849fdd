import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JobWords } from '../recording/new-beat.ts'
import type { Recorder } from '../recording/recorder.ts'
import type { JobReport } from './job-report.ts'
import { type Address, PushAddresses } from './push-addresses.ts'
import { type PushQuery, readPush } from './push-message.ts'

/** The answer of Uptime Kuma's push API; `ok: false` travels with the status 404. */
export type PushAnswer = { ok: true } | { ok: false; msg: string }

/** What became of a ping. `created`: its monitor was made on the way. */
export type PingAnswer = 'ok' | 'created' | 'notFound' | 'ambiguous'

/** Where a ping goes. */
export type PingPlace = { pingId: string } | { pingKey: string; slug: string; mayCreate: boolean }

export interface Ping extends Pick<JobWords, 'signal' | 'rid' | 'exitStatus' | 'body' | 'method'> {
  place: PingPlace
}

const UNKNOWN: PushAnswer = { ok: false, msg: 'Monitor not found or not active.' }

/** Takes the signs of life that jobs send. Their address is authority enough; there is no actor. */
export class PushService {
  private readonly addresses: PushAddresses

  constructor(
    private readonly options: {
      database: { worker: SqlRunner }
      recorder: Recorder
      clock: Clock
      /** Makes the monitor of a slug that nobody has yet; null: there are too many. */
      provide?: (workspaceId: string, slug: string) => Promise<Address | null>
    },
  ) {
    this.addresses = new PushAddresses(options.database, options.clock)
  }

  /**
   * Stores one push in Uptime Kuma's format. `ok` is answered only after the commit: it survives a crash. Throws
   * UNAVAILABLE when it can't be stored now (details.retryAfterSeconds).
   */
  async receive(token: string, query: PushQuery): Promise<PushAnswer> {
    const arrivedUs = this.nowUs()
    const message = readable(query)
    if ('ok' in message) return message
    const address = await this.addresses.ofToken(token)
    if (!address) return UNKNOWN
    const beat = { kind: 'push' as const, ...address, arrivedUs, ...message }
    const { outcome } = await this.options.recorder.push(beat)
    if (outcome === 'stored') return { ok: true }
    if (outcome === 'gone') this.addresses.forget(token)
    return UNKNOWN
  }

  /** Stores one ping in the format of Healthchecks; the same promises. A paused job's pings are listed. */
  async ping({ place, ...said }: Ping): Promise<PingAnswer> {
    const arrivedUs = this.nowUs()
    const found = await this.find(place)
    if (typeof found === 'string') return found
    const { isCreated, ...address } = found
    const job: JobWords = { ...said, durationMs: null, isKeptWhenPaused: true }
    const { outcome } = await this.options.recorder.push({
      ...{ kind: 'push', ...address, arrivedUs, latencyUs: null, job },
      ...{ isUp: said.signal !== 'fail', message: wordsOf(said) },
    })
    if (outcome === 'gone') return 'notFound'
    return isCreated ? 'created' : 'ok'
  }

  /** Stores what a job reports in our own format. Answers the duration of the run where it is known. */
  async report(
    token: string,
    report: JobReport,
  ): Promise<{ outcome: 'ok' | 'paused' | 'notFound'; durationMs: number | null }> {
    const arrivedUs = this.nowUs()
    const address = await this.addresses.ofToken(token)
    if (!address) return { outcome: 'notFound', durationMs: null }
    const { message, latencyUs, ...said } = report
    const job: JobWords = { ...said, method: 'POST', isKeptWhenPaused: true }
    const { outcome, durationMs = null } = await this.options.recorder.push({
      ...{ kind: 'push', ...address, arrivedUs, latencyUs, job },
      ...{ isUp: said.signal !== 'fail', message: message ?? wordsOf(said) },
    })
    if (outcome === 'gone') return { outcome: 'notFound', durationMs: null }
    return { outcome: outcome === 'ignored' ? 'paused' : 'ok', durationMs }
  }

  private async find(
    place: PingPlace,
  ): Promise<(Address & { isCreated: boolean }) | 'notFound' | 'ambiguous'> {
    if ('pingId' in place) {
      const address = await this.addresses.ofPingId(place.pingId)
      return address ? { ...address, isCreated: false } : 'notFound'
    }
    const { pingKey, slug, mayCreate } = place
    const found = await this.addresses.ofSlug(pingKey, slug)
    if (!found) return 'notFound'
    const { workspaceId, monitorIds } = found
    if (monitorIds.length > 1) return 'ambiguous'
    if (monitorIds[0]) return { workspaceId, monitorId: monitorIds[0], isCreated: false }
    const made = mayCreate ? await this.options.provide?.(workspaceId, slug) : null
    this.addresses.forget(`${pingKey}/${slug}`)
    return made ? { ...made, isCreated: true } : 'notFound'
  }

  private nowUs(): number {
    return Math.floor(this.options.clock.now() * 1000)
  }
}

/** What is shown of a ping that brought no words of its own. */
function wordsOf({ signal, exitStatus }: Pick<JobWords, 'signal' | 'exitStatus'>): string {
  if (signal === 'start') return 'The job began.'
  if (signal === 'log') return 'The job wrote to its log.'
  if (signal === 'success') return 'OK'
  return exitStatus === null
    ? 'The job said that it failed.'
    : `The job ended with exit status ${exitStatus}.`
}

function readable(query: PushQuery): ReturnType<typeof readPush> | PushAnswer {
  try {
    return readPush(query)
  } catch (error) {
    if (error instanceof AppError) return { ok: false, msg: error.message }
    throw error
  }
}
