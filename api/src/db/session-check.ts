import { AppError } from '../lib/app-error.ts'

const NEEDED = ['fsync', 'synchronous_commit', 'full_page_writes'] as const

/** What of the settings makes an acknowledgement less than durable. */
export function weakSettings(settings: Record<string, string>): string[] {
  return NEEDED.filter((name) => (settings[name] ?? 'off') === 'off')
}

/**
 * Throws UNAVAILABLE when a session is not what was asked for: when the database would acknowledge what a power cut
 * can take back, or when somebody on the way (a pooler) dropped the role and with it row-level security.
 */
export async function assertSession(
  database: { query(sql: string): Promise<unknown> },
  role: string,
): Promise<void> {
  const columns = NEEDED.map((name) => `current_setting('${name}') as ${name}`).join(', ')
  const [session] = (await database.query(
    `select current_user::text as role, ${columns}`,
  )) as Record<string, string>[]
  if (session?.['role'] !== role)
    throw new AppError(
      'UNAVAILABLE',
      `A connection of DATABASE_URL acts as ${session?.['role']}, not as ${role}: a pooler on the way drops start-up options. ` +
        'Connect directly.',
    )
  const weak = weakSettings(session)
  if (!weak.length) return
  throw new AppError(
    'UNAVAILABLE',
    `The database has ${weak.map((name) => `${name} = off`).join(' and ')}: what it acknowledges can be lost. ` +
      'Switch it on and start again.',
  )
}
