import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** Where the files of the status page's client lie in the build. */
export const PAGE_ASSETS = 'assets/status'
/** What the build says about them; beside the server's half, where nothing is served from. */
export const PAGE_MANIFEST = 'server/manifest.json'

const LANGUAGE_FILE = /\/texts\/([a-z]{2})\.json$/

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

export interface PageFiles {
  script: string
  icon: string
  styles: string[]
  preloads: Record<string, string[]>
}

/** Named by its content, like everything else that is kept for ever. */
const iconFile = (icon: string): string => {
  const digest = createHash('sha256').update(readFileSync(icon)).digest('base64url')
  return `${PAGE_ASSETS}/icon-${digest.slice(0, 8)}.svg`
}

/** Puts the icon among the files of the client. */
export function pageIcon(icon: string): Plugin {
  return {
    name: 'allswell-page-icon',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: iconFile(icon), source: readFileSync(icon) })
    },
  }
}

/** The names that the server's half writes into its pages, from what the client's build has left. */
export function pageFiles(dist: string, room: string, icon: string): PageFiles {
  const text = readFileSync(path.join(dist, PAGE_MANIFEST), 'utf8')
  const manifest = JSON.parse(text) as Record<string, Chunk>
  const entry = manifest[`${room}/entry-client.ts`]
  if (!entry) throw new Error('Build the client of the status page first.')
  const imported = (entry.imports ?? []).map((name) => manifest[name]!.file)
  const preloads: Record<string, string[]> = {}
  for (const [name, { file }] of Object.entries(manifest)) {
    const language = LANGUAGE_FILE.exec(name)?.[1]
    if (language) preloads[language] = [...imported, file]
  }
  const styles = [...new Set(Object.values(manifest).flatMap(({ css }) => css ?? []))]
  return { script: entry.file, icon: iconFile(icon), styles, preloads }
}
