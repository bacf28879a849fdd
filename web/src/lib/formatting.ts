import { shallowRef } from 'vue'

export interface Formatting {
  /** A BCP 47 tag; undefined: the browser's language. */
  locale?: string | undefined
  /** An IANA name; undefined: the browser's time zone. */
  timeZone?: string | undefined
}

const current = shallowRef<Formatting>({})

/** How the viewer wants numbers and times; reading it makes a text follow the change. */
export function formatting(): Formatting {
  return current.value
}

/** Told when the profile is known or changed; what the browser does not know is left out. */
export function setFormatting({ locale, timeZone }: Formatting): void {
  current.value = {
    locale: isKnown({ locale }) ? locale : undefined,
    timeZone: isKnown({ timeZone }) ? timeZone : undefined,
  }
}

function isKnown({ locale, timeZone }: Formatting): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(locale, { timeZone }))
  } catch {
    return false
  }
}

/** Makes a formatter anew only when the viewer wants another. */
export function perFormatting<F>(make: (formatting: Formatting) => F): () => F {
  let made: { by: Formatting; format: F } | undefined
  return () => {
    const by = formatting()
    if (made?.by !== by) made = { by, format: make(by) }
    return made.format
  }
}
