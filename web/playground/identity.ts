/** Who the playground's requests come from. */
export interface IdentityState {
  /** `me`: whoever the cookie says. */
  mode: 'me' | 'token'
  token: string
  /** The workspace that the link hither named; a token has its own. */
  workspace: string | null
}

const TOKEN_KEY = 'allswell.playground-token'
const WORKSPACE_KEY = 'allswell.playground-workspace'

/** Holds the identity; a token stays in this tab and goes with it. */
export class Identity {
  private state: IdentityState
  private readonly listeners = new Set<() => void>()

  constructor(
    linkedWorkspace: string | null = null,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = sessionStorage,
  ) {
    const token = storage.getItem(TOKEN_KEY) ?? ''
    if (linkedWorkspace) storage.setItem(WORKSPACE_KEY, linkedWorkspace)
    this.state = {
      mode: token ? 'token' : 'me',
      token,
      workspace: linkedWorkspace ?? storage.getItem(WORKSPACE_KEY),
    }
  }

  readonly current = (): IdentityState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  asMe(): void {
    this.storage.removeItem(TOKEN_KEY)
    this.change({ mode: 'me', token: '' })
  }

  asToken(token: string): void {
    this.storage.setItem(TOKEN_KEY, token.trim())
    this.change({ mode: 'token', token: token.trim() })
  }

  /** The workspace that was named is none: the one used last will do. */
  forgetWorkspace(): void {
    this.storage.removeItem(WORKSPACE_KEY)
    this.change({ workspace: null })
  }

  /** What is added to a request. */
  request(): { credentials: RequestCredentials; headers: Record<string, string> } {
    const { mode, workspace } = this.state
    if (mode === 'token') return { credentials: 'omit', headers: this.bearer() }
    const headers: Record<string, string> = workspace ? { 'allswell-workspace': workspace } : {}
    return { credentials: 'same-origin', headers }
  }

  /** What a socket says at its beginning. */
  socketPayload(): Record<string, string> {
    const { mode, workspace } = this.state
    if (mode === 'token') return this.bearer()
    return workspace ? { workspace } : {}
  }

  private bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.state.token}` }
  }

  private change(next: Partial<IdentityState>): void {
    this.state = { ...this.state, ...next }
    for (const listener of this.listeners) listener()
  }
}
