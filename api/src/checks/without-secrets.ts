import type { CheckOutcome } from './outcome.ts'

/** Shorter ones would hide half of an ordinary text. */
const SHORTEST = 6
const HIDDEN = '(hidden)'

/** An outcome in which no secret of the monitor can be read: some targets echo what they are sent. */
export function withoutSecrets(
  outcome: CheckOutcome,
  secrets: Readonly<Record<string, string>>,
): CheckOutcome {
  const { message, conditions, evidence } = outcome
  const saysNothing = message === null && !conditions.length && !evidence
  const forms = saysNothing ? [] : formsOf(secrets)
  if (!forms.length) return outcome
  const hide = (text: string): string =>
    forms.reduce((clean, form) => clean.replaceAll(form, HIDDEN), text)
  const hideIn = <T>(value: T): T => {
    if (typeof value === 'string') return hide(value) as T
    if (Array.isArray(value)) return value.map(hideIn) as T
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, hideIn(inner as unknown)]),
    ) as T
  }
  return {
    ...outcome,
    message: hideIn(message),
    conditions: hideIn(conditions),
    evidence: hideIn(evidence),
  }
}

/** As they are, the lines and values of several in one, and within base64, as in basic authentication. */
function formsOf(secrets: Readonly<Record<string, string>>): string[] {
  const plain = Object.values(secrets).flatMap((secret) => [
    secret,
    ...secret.split(/\r?\n/).flatMap((line) => [line, line.slice(line.indexOf(':') + 1).trim()]),
  ])
  const long = plain.filter((text) => text.length >= SHORTEST && !text.startsWith('-----'))
  const forms = [...long, ...long.flatMap(base64Forms)]
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

/** How a text looks inside of base64 after any number of bytes: only the characters that depend on it alone. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    return encoded.slice(before && before + 1, bytes.length % 3 ? -1 : undefined)
  })
}
