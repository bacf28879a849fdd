export interface ZoneOption {
  value: string
  label: string
  hint: string
}

/** Every time zone that the browser knows, with its present distance from UTC. */
export function zoneOptions(at = new Date()): ZoneOption[] {
  const zones = Intl.supportedValuesOf('timeZone')
  const all = zones.includes('UTC') ? zones : [...zones, 'UTC']
  return all.map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
    hint: offsetOf(value, at),
  }))
}

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

function offsetOf(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
  return parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
