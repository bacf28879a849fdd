import { expect, test } from 'vitest'
import { createInput, draftOf, kindDraft, newDraft, testInput, updateInput } from './draft.ts'
import { checkDraft } from './draft-check.ts'
import { sortErrors } from './field-errors.ts'
import { toContract, toForm, type MonitorKind, type SettingField } from './setting-values.ts'

const field = (name: string, type: SettingField['type'], more: Partial<SettingField> = {}) => ({
  name,
  type,
  label: name,
  help: null,
  isRequired: false,
  isAdvanced: false,
  default: null,
  placeholder: null,
  min: null,
  max: null,
  options: [],
  ...more,
})
const http: MonitorKind = {
  kind: 'http',
  title: 'HTTP',
  description: '',
  isPassive: false,
  defaultIntervalSeconds: 60,
  conditionPaths: [],
  fields: [
    field('url', 'URL', { isRequired: true }),
    field('method', 'ENUM', { default: 'GET' }),
    field('headers', 'KEY_VALUES'),
    field('isCertificateChecked', 'BOOLEAN', { default: true }),
    field('password', 'SECRET'),
  ],
}
const given = (name: string, value: unknown, isSet = true) => ({ name, value, isSet })
const edited = {
  id: 'm1',
  name: 'Shop',
  kind: 'http',
  version: 4,
  intervalSeconds: 30,
  timeoutMs: 5000,
  retryIntervalSeconds: 10,
  failAfter: 2,
  failForSeconds: 0,
  recoverAfter: 1,
  recoverForSeconds: 0,
  conditions: ['status == 200'],
  settingValues: [
    given('url', 'https://shop.example'),
    given('headers', [{ name: 'A', value: '1', __typename: 'X' }]),
    given('password', null),
  ],
}

test('a new form holds the kind’s defaults', () => {
  const draft = newDraft(http)
  expect(draft.kinds['http']?.values).toEqual({
    url: '',
    method: 'GET',
    headers: [],
    isCertificateChecked: true,
    password: '',
  })
  expect(draft.intervalSeconds).toBe(60)
})

test('what was detected stands in the form', () => {
  const draft = newDraft(http, [given('url', 'https://a.example')], 'a.example')
  expect(draft.name).toBe('a.example')
  expect(draft.kinds['http']?.values['url']).toBe('https://a.example')
})

test('a creation sends every setting under its kind', () => {
  const draft = newDraft(http, [given('url', ' https://a.example ')], ' A ')
  expect(createInput(draft, http, 'key')).toMatchObject({
    name: 'A',
    idempotencyKey: 'key',
    intervalSeconds: 60,
    settings: {
      http: { url: 'https://a.example', method: 'GET', headers: [], isCertificateChecked: true },
    },
  })
})

test('an edit says which version it is based on, and leaves an untouched secret alone', () => {
  const input = updateInput(draftOf(edited, http), http, edited)
  expect(input).toMatchObject({ id: 'm1', expectedVersion: 4, conditions: ['status == 200'] })
  expect(input.settings).toEqual({
    http: {
      url: 'https://shop.example',
      method: 'GET',
      headers: [{ name: 'A', value: '1' }],
      isCertificateChecked: true,
    },
  })
})

test('a secret is sent when it is typed anew and cleared when that is wanted', () => {
  const draft = draftOf(edited, http)
  const kind = draft.kinds['http']!
  kind.values['password'] = 'new'
  expect(updateInput(draft, http, edited).settings).toMatchObject({ http: { password: 'new' } })
  kind.values['password'] = ''
  kind.secrets['password'] = { isCleared: true }
  expect(updateInput(draft, http, edited).settings).toMatchObject({ http: { password: null } })
})

test('a test of a stored monitor names it, so that its secrets are used', () => {
  expect(testInput(draftOf(edited, http), http, 'm1')).toMatchObject({ monitorId: 'm1' })
  expect(testInput(newDraft(http), http, null)).not.toHaveProperty('monitorId')
})

test('an emptied field is sent as null, so that the server clears it', () => {
  expect(toContract('URL', '  ')).toBeNull()
  expect(toContract('INTEGER', null)).toBeNull()
  expect(toContract('STRING_LIST', ['a', ' '])).toEqual(['a'])
  expect(toContract('KEY_VALUES', [{ name: '', value: 'x' }])).toEqual([])
})

test('a value that does not fit its field becomes empty', () => {
  expect(toForm('INTEGER', '12')).toBeNull()
  expect(toForm('KEY_VALUES', [{ name: 1 }])).toEqual([])
  expect(kindDraft(http, [given('url', 5)]).values['url']).toBe('')
})

const KNOWN = new Set(['name', 'conditions', 'settings.url', 'settings.headers'])
const error = (path: string[], message = 'wrong') => ({ path, code: 'INVALID' as const, message })

test('errors go to their fields, with or without the kind in their path', () => {
  const { fields, rest } = sortErrors(
    [error(['name']), error(['input', 'settings', 'http', 'url']), error(['settings', 'headers'])],
    KNOWN,
  )
  expect(fields).toEqual({
    name: 'wrong',
    'settings.url': 'wrong',
    'settings.headers': 'wrong',
  })
  expect(rest).toEqual([])
})

test('an error of one line stands at that line', () => {
  const { lines } = sortErrors([error(['conditions', '1'], 'no such path')], KNOWN)
  expect(lines).toEqual({ conditions: { 1: 'no such path' } })
})

test('an error without a field of this form is not lost', () => {
  const { rest } = sortErrors([error(['settings', 'http', 'nowhere']), error([])], KNOWN)
  expect(rest).toEqual(['wrong', 'wrong'])
})

test('a conflict is known as one', () => {
  const conflict = { path: ['expectedVersion'], code: 'CONFLICT' as const, message: 'edited' }
  expect(sortErrors([conflict], KNOWN)).toMatchObject({ isConflict: true, rest: ['edited'] })
})

test('what is missing or no whole number is told before anything is sent', () => {
  const draft = { ...newDraft(http), intervalSeconds: 1.5, failAfter: null }
  expect(checkDraft(draft, http)).toEqual([
    { field: 'name', key: 'needed', values: {} },
    { field: 'intervalSeconds', key: 'whole', values: {} },
    { field: 'settings.url', key: 'needed', values: {} },
  ])
})

test('a number outside its field’s range is told with the range', () => {
  const tcp = {
    ...http,
    fields: [field('port', 'INTEGER', { isRequired: true, min: 1, max: 65535 })],
  }
  const draft = newDraft(tcp, [given('port', 70_000)], 'x')
  expect(checkDraft(draft, tcp)).toEqual([
    { field: 'settings.port', key: 'range', values: { min: 1, max: 65535 } },
  ])
})

test('a filled form has no mistakes', () => {
  expect(checkDraft(newDraft(http, [given('url', 'https://a.example')], 'a'), http)).toEqual([])
})
