import type { ApolloClient } from '@apollo/client'
import { inject, ref, shallowRef, type App, type InjectionKey } from 'vue'
import {
  EntryDocument,
  SignOutDocument,
  type EntryQuery,
  type SignInFactsFragment,
} from '../../generated/operations.ts'
import { problemOf, runMutation, type Problem } from '../apollo/index.ts'
import { setViewer, type ViewerFacts } from '../viewer/index.ts'
import type { TabNews } from './tab-news.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** loading: not known yet; lost: the address names a workspace that is none of the viewer's. */
export type EntryPhase = 'loading' | 'failed' | 'ready' | 'lost'

export interface EntryOptions {
  client: ApolloClient
  /** The workspace that the address of the page names. */
  slug: string | null
  tokens: TokenKeeper | null
  news: TabNews
  /** Stops listening and drops what is cached of the person who leaves. */
  forget(): Promise<void>
  /** Loads a page anew: nothing of what was before is left in memory. */
  load(path: string): void
  /** Path of the page, for coming back. */
  here(): string
}

/** Who stands at the door: what the server knows of the visitor before the app is shown, and ever after. */
export class Entry {
  readonly phase = ref<EntryPhase>('loading')
  readonly problem = shallowRef<Problem | null>(null)
  readonly signIn = shallowRef<SignInFactsFragment | null>(null)
  readonly viewer = shallowRef<ViewerFacts | null>(null)
  private tellKnown = () => {}
  private readonly known = new Promise<void>((resolve) => (this.tellKnown = resolve))
  private asking: Promise<EntryQuery | null> | null = null
  private isLeaving = false

  constructor(private readonly options: EntryOptions) {
    options.client
      .watchQuery({ query: EntryDocument, fetchPolicy: 'cache-only' })
      .subscribe(({ dataState, data }) => {
        if (dataState === 'complete' && data.viewer && !this.isLeaving) this.show(data.viewer)
      })
    options.news.hear(() => void this.follow())
  }

  /** The workspace to act in, unless it turned out to be none. */
  get workspace(): string | null {
    return this.phase.value === 'lost' ? null : this.options.slug
  }

  /** Given where one signs in by tokens instead of the cookie. */
  get tokens(): TokenKeeper | null {
    return this.options.tokens
  }

  /** Resolves once the server has said who is there. */
  whenKnown(): Promise<void> {
    return this.known
  }

  /** Asks who is there: at the start, to try again, and after signing in. */
  async load(): Promise<void> {
    const data = await this.ask()
    if (!data) return
    this.signIn.value = data.signInOptions
    this.show(data.viewer)
    if (this.phase.value !== 'lost') this.phase.value = 'ready'
    this.tellKnown()
  }

  /** After a sign-in in this tab. */
  async enter(): Promise<void> {
    await this.load()
    this.options.news.tell()
  }

  /** The server refused something because of who asks: are we still the one that we were? */
  async check(): Promise<void> {
    const before = this.viewer.value
    if (!before || this.isLeaving) return
    const data = await this.ask()
    if (data && !this.isLeaving) await this.compare(before, data.viewer)
  }

  /** Answers what went wrong, or leaves the page. */
  async signOut(): Promise<Problem | null> {
    const { client, tokens, news } = this.options
    this.isLeaving = true
    if (tokens) await tokens.signOut()
    else {
      const { error } = await runMutation(client, SignOutDocument, {})
      const problem = error && problemOf(error)
      if (problem && problem.code !== 'UNAUTHENTICATED') {
        this.isLeaving = false
        return problem
      }
    }
    news.tell()
    await this.leave('/sign-in')
    return null
  }

  private async compare(before: ViewerFacts, now: ViewerFacts | null): Promise<void> {
    const { here } = this.options
    if (!now) return this.leave(signInPath(here(), 'signed-out'))
    const isSame = placeOf(now) === placeOf(before) || this.phase.value === 'lost'
    // Another person, or another workspace: nothing on the screen is theirs.
    if (!isSame) return this.leave(here())
    this.show(now)
  }

  /** Another tab signed in or out. */
  private async follow(): Promise<void> {
    if (this.viewer.value) return this.check()
    await this.load()
    if (this.viewer.value) this.options.load(this.options.here())
  }

  private async leave(path: string): Promise<void> {
    this.isLeaving = true
    await this.options.forget()
    this.options.load(path)
  }

  private show(viewer: ViewerFacts | null): void {
    this.viewer.value = viewer
    setViewer(viewer)
  }

  private ask(): Promise<EntryQuery | null> {
    this.asking ??= this.askNow().finally(() => (this.asking = null))
    return this.asking
  }

  private async askNow(): Promise<EntryQuery | null> {
    const { data, error } = await this.options.client.query({
      query: EntryDocument,
      fetchPolicy: 'network-only',
      errorPolicy: 'all',
    })
    this.problem.value = error ? problemOf(error) : null
    if (data) return data
    if (this.problem.value?.code === 'NOT_FOUND' && this.workspace !== null) {
      // Without the name, it can be said which workspaces there are instead.
      this.phase.value = 'lost'
      return this.askNow()
    }
    if (this.phase.value === 'loading') this.phase.value = 'failed'
    return null
  }
}

const placeOf = ({ id, workspace }: ViewerFacts) => `${id} ${workspace?.id ?? ''}`

/** The page to sign in at, from which one comes back to `next`. */
export function signInPath(next: string, reason?: 'signed-out'): string {
  const query = new URLSearchParams({ ...(next !== '/' && { next }), ...(reason && { reason }) })
  const text = query.toString().replaceAll('%2F', '/')
  return text ? `/sign-in?${text}` : '/sign-in'
}

const KEY: InjectionKey<Entry> = Symbol('entry')

export function provideEntry(app: App, entry: Entry): void {
  app.provide(KEY, entry)
}

export function useEntry(): Entry {
  const entry = inject(KEY, null)
  if (!entry) throw new Error('There is no entry here: provideEntry(app, entry) was not called.')
  return entry
}
