const files = Object.keys(import.meta.glob(['/src/*/messages/*.json', '!/src/*/messages/en.json']))

/** The languages that there are texts for, each called as it calls itself. */
export function languageOptions(
  paths: readonly string[] = files,
): { value: string; label: string }[] {
  const tags = paths.map((path) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length))
  return [...new Set(['en', ...tags])].sort().map((value) => ({ value, label: nameOf(value) }))
}

function nameOf(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}
