import { computed, ref } from 'vue'
import { AuditLogDocument, type AuditLogQueryVariables } from '../../../generated/operations.ts'
import { problemOf, useQuery } from '../../../lib/apollo/index.ts'
import type { ErrorLike } from '@apollo/client'
import { textInUrl, useUrlState } from '../../../lib/url-state.ts'
import { useViewer } from '../../../lib/viewer/index.ts'
import { showToast } from '../../../ui/index.ts'
import { useProblemWords } from '../shared/use-act.ts'
import { auditFilter, isFiltered, type AuditQuery } from './audit-filter.ts'
import { useI18n } from 'vue-i18n'

const PAGE = 50

/** The filter in the address, and the entries that fit it, page by page. */
export function useAuditLog() {
  const { t } = useI18n()
  const { can } = useViewer()
  const wordsOf = useProblemWords()
  const { fields, query, clear } = useAuditQuery()
  const log = useQuery(
    AuditLogDocument,
    (): AuditLogQueryVariables => ({
      filter: auditFilter(query.value),
      first: PAGE,
      after: null,
    }),
    () => ({ fetchPolicy: 'cache-and-network' as const, isSkipped: !can('ADMIN') }),
  )
  const isGettingMore = ref(false)
  async function more(): Promise<void> {
    const after = log.data.value?.auditLog.pageInfo.endCursor
    if (!after || isGettingMore.value) return
    isGettingMore.value = true
    await log
      .fetchMore({ after })
      .catch((error: unknown) => {
        const text = wordsOf(problemOf(error as ErrorLike))
        showToast({ tone: 'bad', title: t('accounts.settings.audit.moreFailed'), text })
      })
      .finally(() => (isGettingMore.value = false))
  }
  return {
    fields,
    query,
    isFiltered: computed(() => isFiltered(query.value)),
    entries: computed(() => log.data.value?.auditLog.nodes ?? []),
    hasMore: computed(() => log.data.value?.auditLog.pageInfo.hasNextPage ?? false),
    log,
    isGettingMore,
    more,
    clear,
  }
}

/** The parts of the filter in the address. */
function useAuditQuery() {
  const fields = {
    actor: useUrlState('actor', textInUrl),
    action: useUrlState('action', textInUrl),
    from: useUrlState('from', textInUrl),
    to: useUrlState('to', textInUrl),
    search: useUrlState('search', textInUrl),
  }
  const query = computed((): AuditQuery => ({
    actor: fields.actor.value,
    action: fields.action.value,
    from: fields.from.value,
    to: fields.to.value,
    search: fields.search.value,
  }))
  function clear(): void {
    for (const field of Object.values(fields)) field.value = ''
  }
  return { fields, query, clear }
}
