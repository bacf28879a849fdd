/** A key nobody else has; `crypto.randomUUID` is missing where the page came over plain HTTP. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The same key for the same input, so that a repeated attempt creates nothing twice; another input, another key. */
export function keyPerInput(): (input: unknown) => string {
  const keys = new Map<string, string>()
  return (input) => {
    const text = JSON.stringify(input)
    const key = keys.get(text) ?? randomKey()
    keys.set(text, key)
    return key
  }
}
