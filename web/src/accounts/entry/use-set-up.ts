import { computed, reactive } from 'vue'
import { useRoute } from 'vue-router'
import { SetUpDocument, type SetUpInput } from '../../generated/operations.ts'
import { useMutation } from '../../lib/apollo/index.ts'
import { useEntry } from '../../lib/session/index.ts'
import { useBusy } from './busy.ts'
import { useChecks } from './checks.ts'
import { useSignInDoor } from './sign-in-door.ts'
import { useEntryForm } from './use-entry-form.ts'
import { useGoOn } from './use-go-on.ts'

const FIELDS = ['name', 'email', 'password', 'workspaceName', 'setUpToken'] as const

/** Makes the first person and the first workspace, and signs in. */
export function useSetUp() {
  const route = useRoute()
  const entry = useEntry()
  const checks = useChecks()
  const enter = useEntrance()
  const { mutate } = useMutation(SetUpDocument)
  const { token } = route.query
  const tokenInAddress = typeof token === 'string' ? token : ''
  const given = reactive({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    setUpToken: tokenInAddress,
  })
  const state = useEntryForm(FIELDS, given)
  const needsToken = computed(() => entry.signIn.value?.needsSetUpToken ?? false)

  function check(): boolean {
    return state.check({
      name: checks.needed(given.name),
      email: checks.email(given.email),
      password: checks.newPassword(given.password),
      workspaceName: checks.needed(given.workspaceName),
      setUpToken: needsToken.value && checks.needed(given.setUpToken),
    })
  }
  const { isBusy, run: submit } = useBusy(async () => {
    if (!check()) return
    const input = inputOf(given)
    const outcome = await mutate({ input })
    if (state.accept(outcome, outcome.data?.setUp.userErrors)) await enter(input)
  })
  return { ...state, given, isBusy, needsToken, hasTokenInAddress: tokenInAddress !== '', submit }
}

function inputOf(given: Required<Record<(typeof FIELDS)[number], string>>): SetUpInput {
  const setUpToken = given.setUpToken.trim()
  return {
    name: given.name.trim(),
    email: given.email.trim(),
    password: given.password,
    workspaceName: given.workspaceName.trim(),
    ...(setUpToken && { setUpToken }),
  }
}

/** Goes into the app as the person who was just made. */
function useEntrance() {
  const entry = useEntry()
  const signIn = useSignInDoor()
  const goOn = useGoOn()
  return async ({ email, password }: SetUpInput): Promise<void> => {
    // The cookie that came with the answer is of no use to who signs in by tokens.
    if (entry.tokens) await signIn({ email, password })
    await entry.enter()
    await goOn('/')
  }
}
