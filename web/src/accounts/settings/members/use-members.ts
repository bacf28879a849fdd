import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  ChangeMemberRoleDocument,
  ReinstateMemberDocument,
  RemoveMemberDocument,
  SuspendMemberDocument,
  WorkspaceMembersDocument,
  type MemberFactsFragment,
  type Role,
} from '../../../generated/operations.ts'
import { useQuery } from '../../../lib/apollo/index.ts'
import { useEntry } from '../../../lib/session/index.ts'
import { showToast } from '../../../ui/index.ts'
import { useAct } from '../shared/use-act.ts'
import { useAsked } from '../shared/use-asked.ts'

const useComplaint = () => (title: string, text: string) => showToast({ tone: 'bad', title, text })

/** The members and what can be done to them. */
export function useMembers() {
  const { t } = useI18n()
  const act = useAct()
  const entry = useEntry()
  const query = useQuery(WorkspaceMembersDocument, {}, { fetchPolicy: 'cache-and-network' })
  const members = computed(() => query.data.value?.members ?? [])
  const busyId = ref<string | null>(null)
  const complain = useComplaint()

  async function setRole(member: MemberFactsFragment, role: Role, isUndo = false): Promise<void> {
    busyId.value = member.id
    const before = member.role
    const { failure } = await act(ChangeMemberRoleDocument, { input: { userId: member.id, role } })
    busyId.value = null
    if (failure !== null) return void complain(t('accounts.settings.members.roleFailed'), failure)
    const values = { name: member.name, role: t(`accounts.settings.roles.${role}`) }
    const undo = {
      label: t('accounts.settings.undo'),
      run: () => setRole({ ...member, role }, before, true),
    }
    showToast({
      tone: 'good',
      title: t('accounts.settings.members.roleChanged', values),
      ...(!isUndo && !member.isViewer && { action: undo }),
    })
    if (member.isViewer) await entry.load()
  }
  const removal = useRemoval(query.refetch)
  return { ...query, members, busyId, setRole, ...useSuspension(), removal }
}

function useSuspension() {
  const { t } = useI18n()
  const act = useAct()
  const complain = useComplaint()
  async function reinstate(member: MemberFactsFragment): Promise<void> {
    const { failure } = await act(ReinstateMemberDocument, { input: { userId: member.id } })
    if (failure !== null) complain(t('accounts.settings.members.reinstateFailed'), failure)
    else
      showToast({
        tone: 'good',
        title: t('accounts.settings.members.reinstated', { name: member.name }),
      })
  }
  async function suspend(member: MemberFactsFragment): Promise<void> {
    const { failure } = await act(SuspendMemberDocument, { input: { userId: member.id } })
    if (failure !== null)
      return void complain(t('accounts.settings.members.suspendFailed'), failure)
    showToast({
      title: t('accounts.settings.members.suspended', { name: member.name }),
      action: { label: t('accounts.settings.undo'), run: () => reinstate(member) },
    })
  }
  return { suspend, reinstate }
}

function useRemoval(removed: () => Promise<void>) {
  const { t } = useI18n()
  const act = useAct()
  return useAsked(async (member: MemberFactsFragment) => {
    const { failure } = await act(RemoveMemberDocument, { input: { userId: member.id } })
    if (failure !== null) return failure
    await removed()
    showToast({
      tone: 'good',
      title: t('accounts.settings.members.removed', { name: member.name }),
    })
    return null
  })
}
