import { computed, reactive, ref } from 'vue'
import { useRoute } from 'vue-router'
import { SetUpDocument } from '../../generated/operations.ts'
import { useMutation } from '../../lib/apollo/index.ts'
import { useEntry } from '../../lib/session/index.ts'
import { useChecks } from './checks.ts'
import { useSignInDoor } from './sign-in-door.ts'
import { useEntryForm } from './use-entry-form.ts'
import { useGoOn } from './use-go-on.ts'

const FIELDS = ['name', 'email', 'password', 'workspaceName', 'setUpToken'] as const

/** Makes the first person and the first workspace, and signs in. */
export function useSetUp() {
  const route = useRoute()
  const entry = useEntry()
  const signIn = useSignInDoor()
  const goOn = useGoOn()
  const checks = useChecks()
  const { mutate } = useMutation(SetUpDocument)
  const isBusy = ref(false)
  const needsToken = computed(() => entry.signIn.value?.needsSetUpToken ?? false)
  const tokenInAddress = typeof route.query['token'] === 'string' ? route.query['token'] : ''
  const given = reactive({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    setUpToken: tokenInAddress,
  })

  const state = useEntryForm(FIELDS, given)

  function check(): boolean {
    return state.check({
      name: checks.needed(given.name),
      email: checks.email(given.email),
      password: checks.newPassword(given.password),
      workspaceName: checks.needed(given.workspaceName),
      setUpToken: needsToken.value && checks.needed(given.setUpToken),
    })
  }
  async function send(): Promise<void> {
    const { password } = given
    const email = given.email.trim()
    const setUpToken = given.setUpToken.trim()
    const outcome = await mutate({
      input: {
        name: given.name.trim(),
        email,
        password,
        workspaceName: given.workspaceName.trim(),
        ...(setUpToken && { setUpToken }),
      },
    })
    if (!state.accept(outcome, outcome.data?.setUp.userErrors)) return
    // The cookie that came with the answer is of no use to who signs in by tokens.
    if (entry.tokens) await signIn({ email, password })
    await entry.enter()
    await goOn('/')
  }
  async function submit(): Promise<void> {
    if (isBusy.value || !check()) return
    isBusy.value = true
    await send()
    isBusy.value = false
  }
  return { ...state, given, isBusy, needsToken, hasTokenInAddress: tokenInAddress !== '', submit }
}
