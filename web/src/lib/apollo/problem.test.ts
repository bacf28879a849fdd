import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'

test('an answer with a code of the contract is a refusal', () => {
  const error = new CombinedGraphQLErrors({
    errors: [{ message: 'No such monitor.', extensions: { code: 'NOT_FOUND' } }],
  })
  expect(problemOf(error)).toEqual({
    kind: 'refused',
    code: 'NOT_FOUND',
    message: 'No such monitor.',
  })
})

test('a fault of the server is told as one', () => {
  const error = new CombinedGraphQLErrors({
    errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  })
  expect(problemOf(error).kind).toBe('broken')
  const response = new Response('', { status: 502 })
  expect(problemOf(new ServerError('Bad gateway', { response, bodyText: '' })).kind).toBe('broken')
})

test('no answer at all means that the server was not reached', () => {
  expect(problemOf(new TypeError('Failed to fetch')).kind).toBe('unreachable')
})
