import type { ApolloCache, ApolloClient } from '@apollo/client'
import {
  DeleteMonitorsDocument,
  MonitorRowFragmentDoc,
  PauseMonitorsDocument,
  RestoreMonitorsDocument,
  ResumeMonitorsDocument,
  type MonitorOutcomeFragment,
  type MonitorRowFragment,
  type PauseMonitorsMutation,
  type ResumeMonitorsMutation,
} from '../../generated/operations.ts'
import { problemOf, runMutation, type MutationOutcome } from '../../lib/apollo/index.ts'
import { addToList, removeFromList } from '../list/whole-list.ts'
import { outcomeOf, type ItemResult, type Outcome } from './outcomes.ts'

interface BulkPayload {
  results: readonly ItemResult[]
  userErrors: readonly { message: string }[]
}

/** The bulk mutations on monitors: shown at once, taken back where the server refuses. They never reject. */
export class MonitorActions {
  constructor(private readonly client: ApolloClient) {}

  async pause(ids: readonly string[]): Promise<Outcome> {
    const results = this.expected(ids, { status: 'PAUSED', isPaused: true })
    const optimistic = named<PauseMonitorsMutation>('Mutation', {
      pauseMonitors: named('PauseMonitorsPayload', { results, userErrors: [] }),
    })
    const outcome = await runMutation(
      this.client,
      PauseMonitorsDocument,
      { ids: [...ids] },
      { optimistic },
    )
    return judge(ids, outcome, outcome.data?.pauseMonitors)
  }

  async resume(ids: readonly string[]): Promise<Outcome> {
    const results = this.expected(ids, { status: 'PENDING', isPaused: false })
    const optimistic = named<ResumeMonitorsMutation>('Mutation', {
      resumeMonitors: named('ResumeMonitorsPayload', { results, userErrors: [] }),
    })
    const outcome = await runMutation(
      this.client,
      ResumeMonitorsDocument,
      { ids: [...ids] },
      { optimistic },
    )
    return judge(ids, outcome, outcome.data?.resumeMonitors)
  }

  async remove(ids: readonly string[]): Promise<Outcome> {
    const results = ids.map((id) => named('MonitorResult', { id, userErrors: [] }))
    const outcome = await runMutation(
      this.client,
      DeleteMonitorsDocument,
      { ids: [...ids] },
      {
        optimistic: named('Mutation', {
          deleteMonitors: named('DeleteMonitorsPayload', { results, userErrors: [] }),
        }),
        update: (cache, { deleteMonitors }) =>
          removeFromList(cache, succeeded(deleteMonitors.results)),
      },
    )
    return judge(ids, outcome, outcome.data?.deleteMonitors)
  }

  /** Undoes `remove`. */
  async restore(ids: readonly string[]): Promise<Outcome> {
    const outcome = await runMutation(
      this.client,
      RestoreMonitorsDocument,
      { ids: [...ids] },
      {
        update: (cache, { restoreMonitors }) =>
          addToList(cache, succeeded(restoreMonitors.results)),
      },
    )
    return judge(ids, outcome, outcome.data?.restoreMonitors)
  }

  /** What the server will most likely answer. */
  private expected(
    ids: readonly string[],
    change: Pick<MonitorRowFragment, 'status' | 'isPaused'>,
  ): MonitorOutcomeFragment[] {
    return ids.map((id) => {
      const row = readRow(this.client.cache, id)
      return named('MonitorResult', { id, monitor: row && { ...row, ...change }, userErrors: [] })
    })
  }
}

function judge(
  ids: readonly string[],
  { error }: MutationOutcome<unknown>,
  payload: BulkPayload | undefined,
): Outcome {
  const message = error ? problemOf(error).message : (payload?.userErrors[0]?.message ?? '')
  return outcomeOf(ids, payload?.results ?? [], message)
}

function succeeded(results: readonly ItemResult[]): string[] {
  return results.filter(({ userErrors }) => userErrors.length === 0).map(({ id }) => id)
}

function readRow(cache: ApolloCache, monitorId: string): MonitorRowFragment | null {
  return cache.readFragment({
    id: `Monitor:${monitorId}`,
    fragment: MonitorRowFragmentDoc,
    fragmentName: 'MonitorRow',
    optimistic: true,
  })
}

/** The cache knows an object by its type's name, which the documents leave out. */
function named<T extends object>(typename: string, fields: T): T {
  return { __typename: typename, ...fields }
}
