import { type ClientRequest, type IncomingMessage, request } from 'node:http'

export interface ServerSentEvent {
  event: string
  id?: string
  data: string
}

/** A bare client of server-sent events. */
export class EventReader {
  readonly events: ServerSentEvent[] = []
  comments = 0
  response: IncomingMessage | undefined
  isEnded = false
  /** Everything received, for answers that are no event stream. */
  text = ''
  private rest = ''
  private readonly request: ClientRequest

  constructor(
    port: number,
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) {
    const { method = 'GET', headers = {}, body } = options
    this.request = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      this.response = response
      response.on('data', (part: Buffer) => this.take(part.toString()))
      response.on('close', () => (this.isEnded = true))
      response.on('error', () => {})
    })
    this.request.on('error', () => {})
    this.request.end(body)
  }

  get status(): number | undefined {
    return this.response?.statusCode
  }

  private take(text: string): void {
    this.text += text
    const blocks = (this.rest + text).split('\n\n')
    this.rest = blocks.pop()!
    for (const block of blocks) this.read(block)
  }

  private read(block: string): void {
    const fields: Record<string, string> = {}
    for (const line of block.split('\n')) {
      const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line)!
      if (name) fields[name] = value!
      else this.comments++
    }
    if (fields.event !== undefined || fields.data !== undefined)
      this.events.push(fields as unknown as ServerSentEvent)
  }

  /** Ends when a condition holds; fails after five seconds. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const latest = performance.now() + 5_000
    while (!isSo()) {
      if (performance.now() > latest)
        throw new Error(`Not in time: ${what}. ${this.text.slice(0, 500)}`)
      await new Promise((done) => setImmediate(done))
    }
  }

  async heard(count: number): Promise<ServerSentEvent[]> {
    await this.until(() => this.events.length >= count, `${count} events`)
    return this.events
  }

  /** The codes of the errors of an answer that is no stream. */
  async errors(): Promise<{ message: string; extensions?: { code: string } }[]> {
    await this.until(() => this.isEnded, 'the end of the answer')
    return (
      JSON.parse(this.text) as { errors: { message: string; extensions?: { code: string } }[] }
    ).errors
  }

  close(): void {
    this.request.destroy()
  }
}
