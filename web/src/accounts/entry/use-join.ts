import { reactive, ref } from 'vue'
import {
  AcceptInvitationDocument,
  type AcceptInvitationInput,
  type InvitationPreviewQuery,
} from '../../generated/operations.ts'
import { useMutation } from '../../lib/apollo/index.ts'
import { outside } from '../../lib/prefix.ts'
import { useEntry, workspacePath } from '../../lib/session/index.ts'
import { useSignInDoor } from './sign-in-door.ts'
import { useEntryForm } from './use-entry-form.ts'

export type Preview = NonNullable<InvitationPreviewQuery['invitationPreview']>

/** Accepts an invitation and goes into its workspace. */
export function useJoin(invitedEmail: string | null = null) {
  const entry = useEntry()
  const signIn = useSignInDoor()
  const { mutate } = useMutation(AcceptInvitationDocument)
  const given = reactive({ name: '', email: invitedEmail ?? '', password: '' })
  const state = useEntryForm(['name', 'email', 'password'], given)
  const isBusy = ref(false)

  async function accept(input: AcceptInvitationInput): Promise<string | null> {
    const outcome = await mutate({ input })
    const payload = outcome.data?.acceptInvitation
    if (!state.accept(outcome, payload?.userErrors)) return null
    const { email, password } = input
    if (entry.tokens && email && password) await signIn({ email, password })
    return payload?.workspace?.slug ?? null
  }
  async function join(input: AcceptInvitationInput): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    const slug = await accept(input)
    if (slug === null) isBusy.value = false
    else {
      await entry.enter()
      location.assign(outside(workspacePath(slug)))
    }
  }
  return { ...state, given, isBusy, join }
}
