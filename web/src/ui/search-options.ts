export interface SearchOption {
  value: string
  label: string
  /** Said more quietly at its end. */
  hint?: string
}

/** The options whose label or hint has all the words; blanks, underscores and slashes count alike. */
export function matchingOptions(options: readonly SearchOption[], typed: string): SearchOption[] {
  const words = plain(typed).split(' ').filter(Boolean)
  return options.filter(({ label, hint }) => {
    const text = plain(`${label} ${hint ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[_/\s]+/g, ' ')
}
