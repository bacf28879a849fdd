import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConditions, judgeConditions } from './conditions.ts'
import { evaluate } from './evaluate.ts'
import { parseCondition } from './parse.ts'

const facts = {
  status: 503,
  latency: 312.456,
  body: 'Hello World',
  header: { 'content-type': 'application/json; charset=utf-8', 'x-count': '12', age: '' },
  cert: { daysLeft: 9, isTrusted: true },
  $: {
    status: 'ok',
    count: 3,
    ratio: 0.95,
    spelled: '7',
    nothing: null,
    isReady: true,
    isBroken: false,
    empty: [],
    tags: ['a', 'b'],
    items: [
      { id: 1, state: 'up' },
      { id: 2, state: 'down' },
      { id: 3, state: 'up' },
    ],
    'odd name': { 'x.y': 1 },
    at: '2026-03-01T12:00:00Z',
  },
}
const judge = (line: string, found: Record<string, unknown> = facts) =>
  evaluate(parseCondition(line), found)

describe('a condition that holds', () => {
  it.each([
    'status == 503',
    'status != 200',
    'status in 500..599',
    'status in [200, 500..599]',
    'status in [200, 503]',
    'latency < 1s',
    'latency >= 312ms && latency < 0.5s',
    'cert.daysLeft < 14',
    'cert.isTrusted',
    'header["content-type"] contains "json"',
    "header['content-type'] =~ '^application/json'",
    'header["x-count"] > 9',
    'header["x-count"] == 12',
    'body == "Hello World"',
    'body contains "World"',
    'lower(body) == "hello world"',
    'upper(body) contains "WORLD"',
    'body =~ "(?i)hello\\\\s+world"',
    '"World" in body',
    '$.status == "ok"',
    '$.count == 3',
    '$.count == "3"',
    '$.spelled == 7',
    '$.spelled > 6.5',
    '$.ratio >= 95%',
    '$.isReady',
    '$.isReady == true',
    '!$.isBroken',
    '$.nothing == null',
    '!has($.nothing)',
    '!has($.missing)',
    'has($.isBroken)',
    'has($.empty)',
    'len($.empty) == 0',
    'len($.tags) == 2',
    'len(body) == 11',
    'len($["odd name"]) == 1',
    '$["odd name"]["x.y"] == 1',
    '$.items[0].id == 1',
    '$.items[-1].id == 3',
    'any($.items[*].state, "down")',
    '!all($.items[*].state, "up")',
    'count($.items[*].state, "up") == 2',
    'all($.items[*].id)',
    '$.tags contains "b"',
    '"b" in $.tags',
    'date($.at) < date("2026-03-02")',
    'date($.at) >= date("2026-03-01T12:00:00Z")',
    '$.missing == 1 || status > 1',
    '(status == 1 || status == 503) && body != ""',
    '!(status == 1) && !(status == 2)',
    '-1 < status',
    'degraded: status == 503',
    '  degraded :status == 503',
  ])('%s', (line) => expect(judge(line)).toMatchObject({ isPassed: true, expression: line }))
})

describe('a condition that does not hold', () => {
  it.each([
    'status == 200',
    'status in 200..299',
    'status in [200..299, 404]',
    '$.missing == 1',
    '$.missing != 1',
    '$.missing == null',
    '$.missing < 1',
    '$.missing > 1',
    '$.missing in 0..9',
    '$.missing contains "a"',
    '$.missing =~ "a"',
    '$.missing == $.alsoMissing',
    'len($.missing) == 0',
    '$.count < "x"',
    '$.status > 1',
    '$.items == $.items',
    '$.tags == "a,b"',
    'header.age == 0',
    'cert.constructor == 1',
    'has($.constructor)',
    'has($.__proto__)',
    'has(body.length)',
    '$.items.length == 3',
    '$.tags["length"] == 2',
    'any($.status, "ok")',
    'date("not a date") > 0',
    'date(5) > 0',
    '$.isBroken',
    '$.empty',
    '$.nothing',
    'false',
  ])('%s', (line) => expect(judge(line).isPassed).toBe(false))
})

describe('what was found', () => {
  it.each([
    ['status in 200..299', 'status = 503'],
    ['latency < 300ms', 'latency = 312.46'],
    ['$.missing == 1', '$.missing = nothing'],
    ['len($.items) > 5', 'len($.items) = 3'],
    ['status == 1 && body == "x"', 'status = 503'],
    ['status == 1 || body == "x"', 'status = 503; body = "Hello World"'],
    ['$.tags contains "z"', '$.tags = ["a","b"]'],
    ['$.items[0] == 1', '$.items[0] = {"id":1,"state":"up"}'],
    ['!has($.status)', 'has($.status) = true'],
    ['true == false', ''],
  ])('by %s is told as %s', (line, actual) => expect(judge(line).actual).toBe(actual))

  it('is cut when it is long, and never breaks on deep or wide values', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    for (const $ of [deep, 'x'.repeat(1e6), Array(1e5).fill('x'), { a: '😀'.repeat(500) }]) {
      const { actual } = judge('$ == 1', { $ })
      expect(actual.length).toBeLessThanOrEqual(300)
      expect(actual.isWellFormed()).toBe(true)
    }
  })
})

describe('a mistake is told with its place', () => {
  it.each([
    ['', 1, 'There is no condition here.'],
    ['degraded:', 10, 'There is no condition here.'],
    ['status =', 8, 'Compare with ==.'],
    ['status = 200', 8, 'Compare with ==.'],
    ['status == ', 11, 'Something is missing at the end.'],
    ['status == 200 200', 15, '"200" is not expected here.'],
    ['(status == 200', 15, '")" is missing here.'],
    ['status == "abc', 11, 'This text has no closing quote.'],
    ['latency < 300 msec', 15, '"msec" is not expected here.'],
    ['latency < 300msec', 11, /unknown unit/],
    ['foo(status)', 1, /There is no function foo/],
    ['len()', 1, 'len takes one value.'],
    ['len(status, 2)', 1, 'len takes one value.'],
    ['any(status, 1, 2)', 1, 'any takes one or two values.'],
    ['status =~ body', 8, '=~ needs a pattern in quotes.'],
    ['body =~ "(["', 6, /This is not a pattern/],
    ['body =~ "[a-z]{1,900}\\\\d"', 6, 'This pattern is too large.'],
    ['1 < status < 3', 12, /can’t be chained/],
    ['$.', 3, /A name is missing/],
    ['$[a]', 3, /In brackets stands/],
    ['status == 200 &', 15, '"&" is not expected here.'],
    ['status == 200;', 14, '";" is not expected here.'],
    [
      'degraded: statusCode == 200',
      11,
      /There is nothing called "statusCode" here; there is status/,
    ],
    ['has(nonsense.x)', 5, /nothing called "nonsense"/],
  ])('%j', (line, character, message) => {
    const [problem, ...more] = checkConditions([line], ['status', 'latency', 'body', '$'])
    expect(more).toEqual([])
    expect(problem).toMatchObject({ path: ['0'], code: 'INVALID' })
    const [, place, text] = /^Condition 1, character (\d+): (.*)$/s.exec(problem!.message) ?? []
    expect(Number(place)).toBe(character)
    expect(text).toMatch(message)
  })

  it('for every line by its index', () => {
    const problems = checkConditions(['status == 1', 'status =', 'true', '('], ['status'])
    expect(problems.map(({ path }) => path)).toEqual([['1'], ['3']])
  })

  it('when it is nested too deeply or too long', () => {
    const deep = `${'('.repeat(200)}1${')'.repeat(200)}`
    const long = Array(300).fill('status == 1').join(' && ')
    expect(checkConditions([deep])[0]?.message).toContain('nested too deeply')
    expect(checkConditions([long])[0]?.message).toContain('too long')
    expect(checkConditions(['!'.repeat(5_000)])[0]?.message).toContain('nested too deeply')
  })
})

describe('the lines together', () => {
  it('hold when each holds', () => {
    expect(judgeConditions(['status == 503', 'true'], facts).failed).toBeUndefined()
  })

  it('are down for a failed line even when a degrading line fails first', () => {
    const { failed } = judgeConditions(['degraded: latency < 1ms', 'status == 1'], facts)
    expect(failed).toEqual({
      verdict: 'DOWN',
      message: 'Condition failed: status == 1 (status = 503)',
    })
    expect(judgeConditions(['degraded: latency < 1ms'], facts).failed?.verdict).toBe('DEGRADED')
  })

  it('end in time, whatever the answer is', () => {
    const items = Array.from({ length: 1_000 }, () => ({ tags: Array(100).fill('x') }))
    const body = 'abcdefghij'.repeat(100_000)
    const lines = [
      ...Array<string>(25).fill('count($.items[*].tags[*]) == 1'),
      ...Array<string>(25).fill('body =~ "([a-j]{2,20}\\\\d|[a-j]{3,30}\\\\s)"'),
    ]
    const began = performance.now()
    const { results } = judgeConditions(lines, { $: { items }, body })
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(results.at(-1)!.isPassed).toBe(false)
    expect(results.at(-1)!.actual).toContain('too large')
  })
})

/** Conditions by their grammar. */
const { condition } = fc.letrec<{ condition: string; comparison: string; operand: string }>(
  (tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      tie('comparison'),
      fc
        .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
        .map(([a, o, b]) => `(${a}) ${o} (${b})`),
      tie('condition').map((inner) => `!(${inner})`),
    ),
    comparison: fc
      .tuple(
        tie('operand'),
        fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', 'contains'),
        tie('operand'),
      )
      .map((parts) => parts.join(' ')),
    operand: fc.oneof(
      fc.constantFrom(
        ...[
          'status',
          'latency',
          'body',
          '$.status',
          '$.items[*].id',
          '$.missing',
          '$.tags',
          'cert.daysLeft',
        ],
        ...[
          'len($.tags)',
          'lower(body)',
          'count($.items[*].state, "up")',
          'has($.x)',
          'date($.at)',
        ],
        ...['1..5', '[1, "a", 2..3]', 'null', 'true', '300ms', '5%', '1.5d', '-3'],
      ),
      fc.integer({ min: 0 }).map(String),
      fc.string().map((text) => JSON.stringify(text)),
    ),
  }),
)

describe('for every condition', () => {
  it('of the grammar: it is read, judged as true or false, and told in few words', () => {
    fc.assert(
      fc.property(condition, (line) => {
        fc.pre(checkConditions([line]).length === 0)
        const { isPassed, actual } = judge(line)
        expect(typeof isPassed).toBe('boolean')
        expect(actual.length).toBeLessThanOrEqual(300)
      }),
    )
  })

  it('of the grammar: ! turns the answer round', () => {
    fc.assert(
      fc.property(condition, (line) => {
        fc.pre(checkConditions([`!(${line})`]).length === 0)
        expect(judge(`!(${line})`).isPassed).toBe(!judge(line).isPassed)
      }),
    )
  })

  it('a comparison with what is missing is false, whatever stands on the other side', () => {
    const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', 'contains')
    fc.assert(
      fc.property(operator, fc.anything(), (sign, value) => {
        expect(judge(`$.a ${sign} $.b`, { $: { a: value } }).isPassed).toBe(false)
        expect(judge(`$.b ${sign} $.a`, { $: { a: value } }).isPassed).toBe(false)
      }),
    )
  })

  it('of noise: it is read or refused with a place, never anything else', () => {
    const noise = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            ...'status $ . [ ] ( ) ! && || == < "x" 1 ms % .. in contains =~ len , -'.split(' '),
          ),
        )
        .map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(noise, (line) => {
        const problems = checkConditions([line])
        if (!problems.length) judge(line)
        else expect(problems[0]!.message).toMatch(/^Condition 1, character \d+: /)
      }),
      { numRuns: 500 },
    )
  })

  it('of any JSON: judging never throws', () => {
    fc.assert(
      fc.property(condition, fc.jsonValue(), (line, json) => {
        fc.pre(checkConditions([line]).length === 0)
        expect(() => judge(line, { ...facts, $: json })).not.toThrow()
      }),
    )
  })
})
