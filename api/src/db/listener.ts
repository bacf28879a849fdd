import pg, { type ClientConfig } from 'pg'
import type { Log } from '../lib/log.ts'

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 1_000

/** One connection that LISTENs on a channel, and comes back when it is lost. */
export class Listener {
  private client: pg.Client | undefined
  private isStopped = false

  constructor(
    private readonly connection: ClientConfig,
    private readonly channel: string,
    /** Called with '' after each new connection: what was said before it went unheard. */
    private readonly heard: (payload: string) => void,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    await this.connect()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    await this.client?.end().catch(() => undefined)
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      ...this.connection,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', () => undefined)
    client.on('notification', (message) => this.heard(message.payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(this.channel)}`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    client.once('end', () => void this.comeBack())
    this.client = client
    this.heard('')
  }

  private async comeBack(): Promise<void> {
    for (
      let retryMs = FIRST_RETRY_MS;
      !this.isStopped;
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    ) {
      await new Promise((resolve) => setTimeout(resolve, retryMs))
      if (this.isStopped) return
      try {
        return await this.connect()
      } catch (error) {
        this.log.debug({ err: error, channel: this.channel }, 'Listening failed; trying again')
      }
    }
  }
}
