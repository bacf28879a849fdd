import { readFileSync } from 'node:fs'
import path from 'node:path'
import ipaddr from 'ipaddr.js'
import { type DoorsConfig, readDoorsConfig } from './doors-config.ts'
import { EnvironmentReader } from './environment-reader.ts'
import { type MailConfig, readMailConfig } from './mail-config.ts'
import { type OAuthConfig, readOAuthConfig } from './oauth-config.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Everything that can be set, checked and frozen. */
export interface Config extends DoorsConfig {
  /** 0 takes a free port. */
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  /** `public` refuses checks of private addresses. */
  readonly targets: 'any' | 'public'
  /** Networks (CIDR) that may be checked all the same. */
  readonly targetsAllow: readonly string[]
  readonly logLevel: LogLevel
  readonly logFormat: 'text' | 'json'
  readonly serveWeb: boolean
  /** The built pages. */
  readonly webFolder: string
  /** Days that single heartbeats are kept. */
  readonly retentionDays: number
  /** Hours that a live cursor can reach back. */
  readonly eventRetentionHours: number
  /** 32 bytes in base64; undefined: made and kept in the data folder. */
  readonly masterKey: string | undefined
  /** Keys that were in use before: what they sealed still opens. */
  readonly masterKeysOld: readonly string[]
  readonly checkConcurrency: number
  /** Undefined: no letters are sent. */
  readonly mail: MailConfig | undefined
  /** Who signs people in besides us. */
  readonly oauth: OAuthConfig
}

/** All mistakes of the environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  constructor(readonly mistakes: readonly string[]) {
    super(
      ['These settings can’t be used:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'),
    )
  }
}

export interface ConfigPlaces {
  /** What relative folders are relative to. */
  workingFolder: string
  webFolder: string
}

/** Reads the environment once. Throws ConfigError with every mistake in it. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  places: ConfigPlaces,
  readFile: (file: string) => string = (file) => readFileSync(file, 'utf8'),
): Config {
  const read = new EnvironmentReader(environment, readFile)
  const config = readSettings(read, places)
  const mistake = letterMistake(config)
  if (mistake) read.mistakes.push(mistake)
  if (read.mistakes.length) throw new ConfigError(read.mistakes)
  return Object.freeze(config)
}

/** Every setting there is, each asked for once. */
export function readSettings(read: EnvironmentReader, places: ConfigPlaces): Config {
  return {
    ...readDoorsConfig(read),
    port: read.integer('PORT', 3000, 0, 65_535),
    dataFolder: path.resolve(places.workingFolder, read.text('ALLSWELL_DATA', './data')),
    databaseUrl: read.secret('DATABASE_URL', postgresUrlProblem),
    targets: read.choice('ALLSWELL_TARGETS', ['any', 'public'], 'any'),
    targetsAllow: read.list('ALLSWELL_TARGETS_ALLOW', cidrProblem),
    logLevel: read.choice('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    logFormat: read.choice('LOG_FORMAT', ['text', 'json'], 'text'),
    serveWeb: read.flag('SERVE_WEB', true),
    webFolder: path.resolve(places.workingFolder, read.text('WEB_DIST', places.webFolder)),
    retentionDays: read.integer('RETENTION_DAYS', 30, 2, 3650),
    eventRetentionHours: read.integer('EVENT_RETENTION_HOURS', 24, 24, 24 * 90),
    masterKey: read.secret('ALLSWELL_MASTER_KEY', masterKeyProblem),
    masterKeysOld: oldMasterKeys(read),
    checkConcurrency: read.integer('CHECK_CONCURRENCY', 500, 1, 10_000),
    mail: readMailConfig(read),
    oauth: readOAuthConfig(read),
  }
}

/** A link in a letter must not lead to whatever host somebody named in their request. */
function letterMistake(config: Config): string | undefined {
  const { mail, isLocalOnly, publicUrl, allowedHosts } = config
  if (!mail || isLocalOnly || publicUrl || allowedHosts.length) return undefined
  return 'PUBLIC_URL is missing: with SMTP_URL, and reached by others, Allswell must know where the links in its letters lead'
}

function postgresUrlProblem(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isRight = parsed && ['postgres:', 'postgresql:'].includes(parsed.protocol)
  return isRight ? undefined : 'must look like postgres://user:password@host:5432/database'
}

function cidrProblem(network: string): string | undefined {
  return ipaddr.isValidCIDR(network)
    ? undefined
    : `has ${network}, which is not a network such as 10.0.0.0/8`
}

function oldMasterKeys(read: EnvironmentReader): readonly string[] {
  const keysIn = (list: string): string[] => list.split(/[\s,]+/).filter(Boolean)
  const list = read.secret('ALLSWELL_MASTER_KEYS_OLD', (given) =>
    keysIn(given).some(masterKeyProblem)
      ? 'must be keys of 32 bytes in base64, with commas between them'
      : undefined,
  )
  return Object.freeze(keysIn(list ?? ''))
}

function masterKeyProblem(key: string): string | undefined {
  return Buffer.from(key, 'base64').length === 32 ? undefined : 'must be 32 bytes in base64'
}
