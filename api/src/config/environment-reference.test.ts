import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { environmentReference } from './environment-reference.ts'
import { SETTING_MEANINGS } from './setting-meanings.ts'

describe('the reference of the settings', () => {
  const reference = environmentReference()

  it('is the one in docs', () =>
    expect(readFileSync(new URL('../../../docs/environment.md', import.meta.url), 'utf8')).toBe(
      reference,
    ))

  it('tells of a setting what may be written, and what holds without it', () => {
    expect(reference).toContain('- **`PORT`** (0 to 65535; default `3000`): The port')
    expect(reference).toContain(
      '- **`LOG_FORMAT`** (one of `text`, `json`; default `text`): `text` for people',
    )
    expect(reference).toContain('- **`DATABASE_URL`** (or a file, named by `DATABASE_URL_FILE`): ')
  })

  it('names each setting once', () => {
    const names = Object.values(SETTING_MEANINGS).flatMap((group) => Object.keys(group))
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(reference.split(`**\`${name}\`**`)).toHaveLength(2)
  })
})
