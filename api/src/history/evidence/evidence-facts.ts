/** What is kept of a failed check: plain JSON, the shape of `evidence.body`. */
export interface EvidenceFacts {
  remoteAddress: string | null
  requestedUrl: string | null
  statusLine: string | null
  headers: { name: string; value: string }[]
  body: string | null
  isBodyTruncated: boolean
  conditions: { expression: string; isPassed: boolean; actual: string }[]
  /** URLs that were redirected, in order. */
  redirects: string[]
}
