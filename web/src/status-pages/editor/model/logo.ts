/** What the server takes. */
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml']
const MOST_BYTES = 256 * 1024

export type LogoProblem = 'logoType' | 'logoSize' | 'logoUnreadable'

/** A picture as a `data:` address, or why it can't be the logo. */
export async function readLogo(file: Blob): Promise<{ url: string } | { problem: LogoProblem }> {
  if (!LOGO_TYPES.includes(file.type)) return { problem: 'logoType' }
  if (file.size > MOST_BYTES) return { problem: 'logoSize' }
  const url = await dataUrl(file).catch(() => null)
  return url === null ? { problem: 'logoUnreadable' } : { url }
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error ?? new Error('The file can’t be read.'))
    reader.readAsDataURL(file)
  })
}
