import { buildSchema, parse } from 'graphql'
import { expect, it } from 'vitest'
import { anonymous } from '../lib/actor.ts'
import { AppError, type AppErrorCode } from '../lib/app-error.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { PageReads } from './page-reads.ts'

/** A schema of the test’s own: one field that answers or throws. */
function setUp(resolve: (args: Record<string, unknown>) => unknown) {
  const schema = buildSchema(`type Query { publicStatusPage(slug: String!, access: String): Page }
    type Page { slug: String! timeZone: String! liveCursor: String! title: String! }`)
  schema.getQueryType()!.getFields()['publicStatusPage']!.resolve = (_root, args) =>
    resolve(args as Record<string, unknown>)
  const closed: unknown[] = []
  const reads = new PageReads({
    schema,
    module: {
      document: parse(
        'query ($slug: String!, $access: String) { publicStatusPage(slug: $slug, access: $access) { slug timeZone liveCursor title } }',
      ),
    },
    openScope: (actor) => ({ close: async () => void closed.push(actor.kind) }),
    presentError: (error) => {
      const { originalError } = error as { originalError?: unknown }
      const code = originalError instanceof AppError ? originalError.code : 'INTERNAL_SERVER_ERROR'
      return { message: 'Refused.', extensions: { code } }
    },
    clock: new ManualClock(5),
  })
  return { reads, closed }
}

const page = { slug: 'acme', timeZone: 'UTC', liveCursor: 'c1', title: 'Acme' }

it('asks as a stranger, and closes what it opened', async () => {
  const asked: unknown[] = []
  const { reads, closed } = setUp((args) => {
    asked.push(args)
    return page
  })
  expect(await reads.public('acme')).toMatchObject({ kind: 'page', readAt: 5 })
  expect(asked).toEqual([{ slug: 'acme' }])
  expect(closed).toEqual(['anonymous'])
})

it('has the same signature whatever the cursor is, and another when something is seen', async () => {
  let n = 0
  const { reads } = setUp(() => ({ ...page, liveCursor: `c${++n}`, title: n > 2 ? 'New' : 'Acme' }))
  const signature = async () => {
    const sight = await reads.public('acme')
    return sight.kind === 'page' && sight.signature
  }
  const first = await signature()
  expect(await signature()).toBe(first)
  expect(await signature()).not.toBe(first)
})

it.each([
  ['NOT_FOUND', 'unknown'],
  ['FORBIDDEN', 'unknown'],
  ['INVALID', 'unknown'],
  ['UNAUTHENTICATED', 'locked'],
] as const)('takes %s for %s', async (code: AppErrorCode, kind) => {
  const { reads, closed } = setUp(() => {
    throw new AppError(code, 'no')
  })
  expect(await reads.read({ slug: 'acme', access: 'x' }, anonymous())).toEqual({ kind })
  expect(closed).toHaveLength(1)
})

it('takes an empty answer for none', async () => {
  expect(await setUp(() => null).reads.public('acme')).toEqual({ kind: 'unknown' })
})

it('throws UNAVAILABLE when it could not be read', async () => {
  const { reads, closed } = setUp(() => {
    throw new Error('connection refused')
  })
  await expect(reads.public('acme')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(closed).toHaveLength(1)
})
