const JSON_TYPES = new Set(['application/json', 'application/problem+json', 'application/*', '*/*'])

/** Whether a client takes JSON; absent: it takes anything. What it gives the weight 0 it does not take. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true
  return accept.split(',').some((part) => {
    const [type = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase())
    return JSON_TYPES.has(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one))
  })
}
