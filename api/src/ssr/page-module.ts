import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DocumentNode } from 'graphql'

export interface PagePlace {
  /** One that `chooseLanguage` answered. */
  language: string
  /** Where the server's paths begin: `/`, or the path of PUBLIC_URL. */
  base: string
  /** The page's own address, for those who pass it on. */
  url: string
}

export interface PageVariables {
  slug: string
  access?: string | null
}

export interface PageRenderRequest extends PagePlace {
  slug: string
  access?: string | undefined
  /** When the data were read, in ms since 1970. */
  readAt: number
  /** For how long the server has not been able to read newer data, in ms. */
  staleForMs?: number | undefined
  /** Whether letters can be sent to visitors who ask for them. */
  canSubscribe?: boolean | undefined
  execute: (variables: PageVariables) => Promise<{ data?: unknown }>
}

/** The server's half of the web build (web/src/status-pages/public/entry-server.ts), loaded by its path. */
export interface PageModule {
  /** The one question of a page. */
  document: DocumentNode
  chooseLanguage(wishes: {
    asked?: unknown
    fixed?: string | null | undefined
    accepted?: string | undefined
  }): string
  /** The day of a moment in a time zone, as `YYYY-MM-DD`. */
  dayIn(timeZone: string, at: number): string
  renderPage(request: PageRenderRequest): Promise<string>
  renderPasswordPage(
    request: PagePlace & {
      slug: string
      formToken?: string | undefined
      problem?: 'wrong' | 'tooMany' | undefined
    },
  ): Promise<string>
  renderMissingPage(request: PagePlace & { signInPath: string }): Promise<string>
  renderUnavailablePage(request: PagePlace): Promise<string>
  /** The stylesheet of a colour `#rrggbb`; null when it is none. */
  accentStyles(colour: string): string | null
}

/** Loads it from the web build; undefined where there is no build. */
export async function loadPageModule(webFolder: string): Promise<PageModule | undefined> {
  const file = path.join(webFolder, 'server/status-page.mjs')
  if (!existsSync(file)) return undefined
  return (await import(pathToFileURL(file).href)) as PageModule
}
