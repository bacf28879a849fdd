/** White on the fill has at least 4.5:1 in both themes; the tokens are in tokens.css. */
const LOOKS = [
  'bg-person-1 text-white',
  'bg-person-2 text-white',
  'bg-person-3 text-white',
  'bg-person-4 text-white',
  'bg-person-5 text-white',
  'bg-person-6 text-white',
] as const

/** The same name has the same colour everywhere. */
export function lookOf(name: string): string {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return LOOKS[sum % LOOKS.length] ?? LOOKS[0]
}

/** `AL` for Ada Lovelace, `A` for ada, `?` for nothing. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  const initials = ends.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '')
  return initials.join('').toLocaleUpperCase() || '?'
}
