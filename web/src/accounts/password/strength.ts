/** What the server asks for. */
export const LEAST_LETTERS = 10
/** Longer ones are strong by their length; looking at them takes too long. */
const MOST_LOOKED_AT = 100

export type Strength = 'short' | 'weak' | 'fair' | 'good' | 'strong'
const BY_SCORE: readonly Strength[] = ['weak', 'weak', 'fair', 'good', 'strong']

/** How hard a password is to guess. The lists behind it are fetched when first needed. */
export async function strengthOf(password: string, personal: readonly string[]): Promise<Strength> {
  if ([...password].length < LEAST_LETTERS) return 'short'
  const { score } = await import('./guesses.ts')
  const words = personal.flatMap((text) => [text, ...text.split(/[\s@.]+/)])
  const looked = password.slice(0, MOST_LOOKED_AT)
  return BY_SCORE[score(looked, words.filter(Boolean))] ?? 'weak'
}
