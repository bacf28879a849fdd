import { afterEach, expect, it } from 'vitest'
import { addCommands, findCommands, rankCommands, type Command } from './commands.ts'

const command = (label: string, more: Partial<Command> = {}): Command => ({
  id: label,
  label,
  group: 'Monitors',
  ...more,
})
const { signal } = new AbortController()
let remove: (() => void)[] = []
afterEach(() => {
  for (const each of remove) each()
  remove = []
})

it('keeps what has every word and puts beginnings first', () => {
  const commands = [
    command('Auth service'),
    command('Search cluster'),
    command('Docs', { hint: 'https://search.acme.io' }),
    command('API'),
  ]
  expect(rankCommands(commands, 'se').map(({ label }) => label)).toEqual([
    'Search cluster',
    'Auth service',
    'Docs',
  ])
  expect(rankCommands(commands, 'search acme').map(({ label }) => label)).toEqual(['Docs'])
  expect(rankCommands(commands, '')).toHaveLength(4)
})

it('asks all sources and survives one that fails', async () => {
  remove = [
    addCommands({ find: () => [command('Theme: Dark')] }),
    addCommands({ find: () => Promise.reject(new Error('no network')) }),
    addCommands({ isSearch: true, find: async () => [command('shop')] }),
  ]
  const found = await findCommands('dark', signal)
  expect(found.map(({ label }) => label)).toEqual(['Theme: Dark', 'shop'])
})

it('forgets a source that was taken away', async () => {
  const take = addCommands({ find: () => [command('Theme')] })
  take()
  expect(await findCommands('', signal)).toEqual([])
})
