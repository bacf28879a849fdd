import { describe, expect, it } from 'vitest'
import { HELP, readWish, UsageError } from './usage.ts'

const read = (line: string) => readWish(line.split(' ').filter(Boolean))

describe('the command line', () => {
  it('reads a command with its options', () => {
    expect(read('user create a@example.com --role owner --workspace shop')).toEqual({
      ...{ command: 'user create', email: 'a@example.com' },
      options: { role: 'owner', workspace: 'shop' },
    })
    expect(read('secrets rotate').command).toBe('secrets rotate')
  })

  it.each(['', 'help', '--help', 'user list --help'])('helps for %j', (line) => {
    expect(read(line).command).toBe('help')
  })

  it.each([
    ...['user', 'user delete a@example.com', 'keys', 'toString', 'constructor valueOf'],
    ...['user list --role owner', 'user list a@example.com', 'user suspend', 'user suspend a b'],
    ...['user list --nonsense', 'user create a@example.com --role'],
  ])('does not understand %s', (line) => {
    expect(() => read(line)).toThrow(UsageError)
  })

  it('helps with every command', () => {
    for (const command of ['user list', 'user create', 'user reset-password', 'secrets rotate'])
      expect(HELP).toContain(`  ${command}`)
  })
})
