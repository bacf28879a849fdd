/** Whether a text names a language, such as en or pt-BR. */
export function isLocale(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** Whether a text names a time zone, such as Europe/Berlin. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return timeZone.length <= 64 && Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}
