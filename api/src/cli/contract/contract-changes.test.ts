import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { contractChanges, unlistedChanges } from './contract-changes.ts'

const DIRECTIVES =
  'directive @public on FIELD_DEFINITION directive @auth(role: String) on FIELD_DEFINITION '
const BEFORE =
  DIRECTIVES +
  'type Query { monitors(first: Int = 50): [String] @public  name: String @auth(role: "ADMIN") } input Settings @oneOf { http: String tcp: String }'

const changes = (after: string): string[] =>
  contractChanges(buildSchema(BEFORE), buildSchema(after)).map((change) => change.description)

describe('the contract changes for programs', () => {
  it('when nothing changes: not at all', () => expect(changes(BEFORE)).toEqual([]))

  it.each([
    [
      'a field goes',
      BEFORE.replace('name: String @auth(role: "ADMIN")', ''),
      /Query.name was removed/,
    ],
    [
      'a type narrows',
      BEFORE.replace('name: String', 'name: Int'),
      /changed type from String to Int/,
    ],
    ['a default changes', BEFORE.replace('= 50', '= 20'), /defaultValue/],
    [
      'an argument becomes needed',
      BEFORE.replace('first: Int = 50', 'first: Int!'),
      /changed type/,
    ],
    [
      'a field opens',
      BEFORE.replace('@auth(role: "ADMIN")', '@public'),
      /Query.name changed from @auth\(role: "ADMIN"\) to @public/,
    ],
    [
      'a field closes',
      BEFORE.replace('[String] @public', '[String] @auth(role: "OWNER")'),
      /Query.monitors changed from @public/,
    ],
    [
      'an input stops being @oneOf',
      BEFORE.replace('Settings @oneOf', 'Settings'),
      /Settings is no longer @oneOf/,
    ],
  ])('when %s', (_what, after, description) => {
    expect(changes(after)).toEqual([expect.stringMatching(description)])
  })

  it('when something is added: not at all', () =>
    expect(changes(BEFORE.replace('type Query {', 'type Query { more: String @public '))).toEqual(
      [],
    ))
})

it('a change is allowed only when the changelog names it', () => {
  const found = contractChanges(
    buildSchema(BEFORE),
    buildSchema(BEFORE.replace('name: String', 'name: Int')),
  )
  expect(unlistedChanges(found, '# Changelog')).toHaveLength(1)
  expect(unlistedChanges(found, `## 2.0.0\n- ${found[0]!.description}\n`)).toEqual([])
})
