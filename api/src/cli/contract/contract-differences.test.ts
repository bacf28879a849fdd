import { print } from 'graphql'
import { expect, it } from 'vitest'
import { contractDifferences, mergeContract } from './contract-differences.ts'

const BUILT = 'type Query { monitors: String } enum Status { UP }'
const PROMISED =
  'type Query { monitors: String monitorsByTag: String } enum Status { UP DOWN } type Tag { name: String }'

it('says nothing when the server builds what is promised', () =>
  expect(contractDifferences(BUILT, BUILT)).toEqual([]))

it('names every promise that nothing builds', () =>
  expect(contractDifferences(PROMISED, BUILT)).toEqual([
    'Query.monitorsByTag is promised, no resolver builds it',
    'Status.DOWN is promised, no resolver builds it',
    'Tag is promised, nothing builds it',
  ]))

it('names what is built unpromised, and what differs', () => {
  expect(contractDifferences(BUILT, PROMISED)).toEqual([
    'Query.monitorsByTag is built, the contract does not promise it',
    'Status.DOWN is built, the contract does not promise it',
    'Tag is built, the contract does not promise it',
  ])
  expect(contractDifferences(BUILT, BUILT.replace('monitors: String', 'monitors: Int'))).toEqual([
    'Query.monitors differs from what is built',
  ])
})

it('keeps promises that are not built yet when the file is written', () => {
  const merged = print(mergeContract(PROMISED, BUILT))
  expect(contractDifferences(merged, PROMISED)).toEqual([])
})
