import type { ApolloLink } from '@apollo/client'
import { ErrorLink } from '@apollo/client/link/error'
import { problemOf, type Problem } from '../problem.ts'

/** Tells every failed operation to `hear`; the caller of the operation gets the error as well. */
export function errorLink(hear: (problem: Problem, operationName: string) => void): ApolloLink {
  return new ErrorLink(({ error, operation }) => {
    hear(problemOf(error), operation.operationName ?? '')
  })
}
