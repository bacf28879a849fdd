import { readFileSync, statSync } from 'node:fs'
import { isAddress } from './host-name.ts'

const HOSTS_FILE =
  process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'
const RESOLVER_FILE = '/etc/resolv.conf'
const LOOK_AGAIN_MS = 1_000

/** What a small file says, read again when it has changed; looked at once a second at most. */
class WatchedFile<T> {
  private lookedAt = -Infinity
  private version = ''
  private value: T

  constructor(
    private readonly file: string,
    private readonly parse: (text: string) => T,
  ) {
    this.value = parse('')
  }

  read(): T {
    const now = performance.now()
    if (now - this.lookedAt < LOOK_AGAIN_MS) return this.value
    this.lookedAt = now
    try {
      const { mtimeMs, size } = statSync(this.file)
      const version = `${mtimeMs}/${size}`
      if (version !== this.version) this.value = this.parse(readFileSync(this.file, 'utf8'))
      this.version = version
    } catch {
      this.version = ''
      this.value = this.parse('')
    }
    return this.value
  }
}

/** Names of a hosts file with their addresses. */
export function parseHosts(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (!address || !isAddress(address)) continue
    for (const alias of aliases.map((one) => one.toLowerCase()))
      names.set(alias, [...(names.get(alias) ?? []), address])
  }
  return names
}

export interface SearchRules {
  /** Domains that are put behind a short name. */
  domains: readonly string[]
  /** Names with fewer dots are tried in these domains first. */
  dots: number
}

/** The search rules of a resolv.conf. */
export function parseSearchRules(text: string): SearchRules {
  let domains: string[] = []
  let dots = 1
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/)
    if (keyword === 'search' || keyword === 'domain') domains = values.slice(0, 6)
    if (keyword !== 'options') continue
    const given = values.find((value) => value.startsWith('ndots:'))
    if (given) dots = Math.min(15, Number(given.slice(6)) || 0)
  }
  return { domains, dots }
}

const hosts = new WatchedFile(HOSTS_FILE, parseHosts)
const search = new WatchedFile(RESOLVER_FILE, parseSearchRules)

export const hostsFile = (): ReadonlyMap<string, string[]> => hosts.read()
export const searchRules = (): SearchRules => search.read()
