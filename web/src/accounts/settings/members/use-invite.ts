import { computed, reactive, ref } from 'vue'
import {
  InviteMemberDocument,
  type InviteMemberInput,
  type Role,
} from '../../../generated/operations.ts'
import { useMutation } from '../../../lib/apollo/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useChecks } from '../../entry/checks.ts'
import { useEntryForm } from '../../entry/use-entry-form.ts'

export const LASTS_HOURS = [24, 72, 168, 720] as const

interface InviteDraft {
  email: string
  role: Role
  hours: string
}

/** A bare link when no e-mail is given. */
export function invitationInput({ email, role, hours }: InviteDraft): InviteMemberInput {
  const address = email.trim()
  return { role, expiresInHours: Number(hours), ...(address && { email: address }) }
}

/** Makes an invitation and shows its link, once. */
export function useInvite(invited: () => void) {
  const checks = useChecks()
  const { mutate } = useMutation(InviteMemberDocument)
  const given = reactive<InviteDraft>({ email: '', role: 'VIEWER', hours: '168' })
  const form = useEntryForm(['email', 'role', 'expiresInHours'] as const, given)
  const made = ref<{ url: string; email: string; isSent: boolean } | null>(null)
  const isBareLink = computed(() => !given.email.trim())

  const { isBusy, run: submit } = useBusy(async () => {
    if (!form.check({ email: !isBareLink.value && checks.email(given.email) })) return
    const outcome = await mutate({ input: invitationInput(given) })
    const payload = outcome.data?.inviteMember
    if (!form.accept(outcome, payload?.userErrors) || !payload?.url) return
    made.value = { url: payload.url, email: given.email.trim(), isSent: payload.isSent }
    invited()
  })
  function start(): void {
    Object.assign(given, { email: '', role: 'VIEWER', hours: '168' })
    made.value = null
    form.clear()
  }
  return { ...form, given, made, isBareLink, isBusy, submit, start }
}
