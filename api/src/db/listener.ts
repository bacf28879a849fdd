import pg, { type ClientConfig } from 'pg'
import type { Log } from '../lib/log.ts'

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 1_000
const PULSE_MS = 15_000
const PULSE_PATIENCE_MS = 5_000

export interface ListenerOptions {
  connection: ClientConfig
  channel: string
  /** Called with '' after each new connection: what was said before it went unheard. */
  heard: (payload: string) => void
  /** Called when the connection is lost. */
  lost?: (() => void) | undefined
  log: Log
  /** How often a quiet connection is asked whether it still lives, ms. */
  pulseMs?: number
  pulsePatienceMs?: number
}

/** One connection that LISTENs on a channel, and comes back when it is lost. */
export class Listener {
  private client: pg.Client | undefined
  private isStopped = false

  constructor(private readonly options: ListenerOptions) {}

  /** Throws when the first connection fails. */
  start(): Promise<void> {
    return this.connect()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    await this.client?.end().catch(() => undefined)
  }

  private async connect(): Promise<void> {
    const { connection, channel, heard } = this.options
    const client = new pg.Client({
      ...connection,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: this.options.pulsePatienceMs ?? PULSE_PATIENCE_MS,
    })
    client.on('error', () => undefined)
    client.on('notification', (message) => this.isStopped || heard(message.payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
    if (this.isStopped) return void (await client.end().catch(() => undefined))
    this.client = client
    this.follow(client)
    heard('')
  }

  /** A network that broke in silence is found out by asking. */
  private follow(client: pg.Client): void {
    const ask = (): void =>
      void client.query('select').catch(() => client.end().catch(() => undefined))
    const pulse = setInterval(ask, this.options.pulseMs ?? PULSE_MS)
    pulse.unref()
    client.once('end', () => {
      clearInterval(pulse)
      if (this.isStopped) return
      this.options.lost?.()
      void this.comeBack()
    })
  }

  private async comeBack(): Promise<void> {
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
      await new Promise((resolve) => setTimeout(resolve, retryMs))
      if (this.isStopped) return
      try {
        return await this.connect()
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        this.options.log.debug({ reason, channel: this.options.channel }, 'Listening failed')
      }
    }
  }
}
