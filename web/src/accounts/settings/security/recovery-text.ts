/** The codes as a file to keep. */
export function recoveryText(codes: readonly string[], title: string): string {
  return `${title}\n\n${codes.join('\n')}\n`
}

/** Gives a text to the browser as a file. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
