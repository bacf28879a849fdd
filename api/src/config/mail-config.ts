import type { EnvironmentReader } from './environment-reader.ts'

/** Where letters go, and from whom. */
export interface MailConfig {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  readonly smtpUrl: string
  /** A plain address, or a name with one: Allswell <status@example.com>. */
  readonly from: string
}

const ADDRESS = /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\]]+$/
const NAMED = /^([^<>"\p{Cc}]{1,100})<([^<>]+)>$/u
const CONTROL = /\p{Cc}/u

/** Reads SMTP_URL (or SMTP_URL_FILE) and MAIL_FROM; undefined when mail is not configured. */
export function readMailConfig(read: EnvironmentReader): MailConfig | undefined {
  const smtpUrl = read.secret('SMTP_URL', smtpProblem)
  const from = read.text('MAIL_FROM', '', (given) =>
    smtpUrl === undefined ? undefined : fromProblem(given),
  )
  return smtpUrl === undefined ? undefined : Object.freeze({ smtpUrl, from })
}

/** Never shows the address itself: it holds a password. */
function smtpProblem(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isRight =
    parsed &&
    ['smtp:', 'smtps:'].includes(parsed.protocol) &&
    parsed.hostname &&
    isDecodable(parsed)
  return isRight && !CONTROL.test(url)
    ? undefined
    : 'must look like smtps://user:password@mail.example.com:465'
}

function isDecodable({ username, password }: URL): boolean {
  try {
    return !CONTROL.test(decodeURIComponent(username) + decodeURIComponent(password))
  } catch {
    return false
  }
}

function fromProblem(from: string): string | undefined {
  if (!from) return 'is missing: SMTP_URL needs a sender such as status@example.com'
  const address = NAMED.exec(from)?.[2] ?? from
  return ADDRESS.test(address)
    ? undefined
    : `is ${from}, but must look like status@example.com or Allswell <status@example.com>`
}
