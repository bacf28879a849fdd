import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSecretBox, SecretBox } from './secret-box.ts'

const box = new SecretBox(randomBytes(32))

describe('a sealed secret', () => {
  it('opens to what was sealed, whatever the text', () => {
    for (const text of ['', 'pa:ss', '🔑 ключ', 'x'.repeat(10_000)])
      expect(box.open(box.seal(text, 'here'), 'here')).toBe(text)
  })

  it('looks different each time and never shows its text', () => {
    const [one, two] = [box.seal('hunter2', 'here'), box.seal('hunter2', 'here')]
    expect(one).not.toBe(two)
    expect(one).toMatch(/^v1:[0-9a-f]{8}:/)
    expect(one).not.toContain('hunter2')
  })

  it('does not open in another place', () => {
    expect(() => box.open(box.seal('x', 'monitor/a'), 'monitor/b')).toThrow()
  })

  it('does not open with another key', () => {
    expect(() => new SecretBox(randomBytes(32)).open(box.seal('x', 'here'), 'here')).toThrow(
      'another master key',
    )
  })

  it('does not open when a byte was changed', () => {
    const parts = box.seal('secret text', 'here').split(':')
    parts[4] = Buffer.from('another text').toString('base64url')
    expect(() => box.open(parts.join(':'), 'here')).toThrow()
  })

  it.each(['', 'plain', 'v2:a:b:c:d'])('is not %j', (text) =>
    expect(() => box.open(text, 'here')).toThrow(),
  )
})

describe('the master key', () => {
  it('is made once, readable by its owner only, and read again', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'allswell-key-'))
    const sealed = openSecretBox(folder).seal('x', 'here')
    expect(statSync(path.join(folder, 'master.key')).mode & 0o777).toBe(0o600)
    expect(openSecretBox(folder).open(sealed, 'here')).toBe('x')
    rmSync(folder, { recursive: true })
  })

  it('is never replaced when its file is damaged: that would lose every secret', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'allswell-key-'))
    writeFileSync(path.join(folder, 'master.key'), '')
    expect(() => openSecretBox(folder)).toThrow('does not hold a master key')
    expect(statSync(path.join(folder, 'master.key')).size).toBe(0)
    rmSync(folder, { recursive: true })
  })

  it('can be given', () => {
    const key = randomBytes(32).toString('base64')
    expect(
      openSecretBox('/nowhere', { masterKey: key }).open(
        openSecretBox('/nowhere', { masterKey: key }).seal('x', 'p'),
        'p',
      ),
    ).toBe('x')
  })
})

describe('a box with old keys', () => {
  const [old, present] = [randomBytes(32), randomBytes(32)]
  const both = new SecretBox(present, [old])

  it('opens what was sealed with any of them, and seals with the present one', () => {
    expect(both.open(new SecretBox(old).seal('x', 'here'), 'here')).toBe('x')
    expect(new SecretBox(present).open(both.seal('x', 'here'), 'here')).toBe('x')
    expect(() => new SecretBox(old).open(both.seal('x', 'here'), 'here')).toThrow('another master')
  })

  it('seals anew what an old key sealed, for the same place, and leaves the rest alone', () => {
    const again = both.reseal(new SecretBox(old).seal('x', 'here'), 'here')
    expect(new SecretBox(present).open(again, 'here')).toBe('x')
    expect(both.reseal(again, 'here')).toBe(again)
    expect(() => both.reseal(again, 'there')).toThrow()
    expect(() => both.reseal(new SecretBox(randomBytes(32)).seal('x', 'p'), 'p')).toThrow('another')
  })

  it('derives from the present key alone', () => {
    expect(both.derive('label')).toEqual(new SecretBox(present).derive('label'))
  })
})
