import { computed, nextTick, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { safeNext, useEntry } from '../../lib/session/index.ts'
import { useBusy } from './busy.ts'
import { useChecks } from './checks.ts'
import { useSignInDoor, type SignInResult } from './sign-in-door.ts'
import { useEntryForm } from './use-entry-form.ts'
import { useGoOn } from './use-go-on.ts'

/** The steps of signing in: e-mail and password, then the code where the second factor is on. */
export function useSignIn() {
  const route = useRoute()
  const send = useSignInDoor()
  const checks = useChecks()
  const given = reactive({ email: '', password: '', code: '' })
  const step = ref<'password' | 'code'>('password')
  const state = useEntryForm(['email', 'password', 'code'], given)
  const take = useResult({ ...state, askForCode: () => go('code') })

  function go(to: 'password' | 'code'): void {
    state.clear()
    step.value = to
    if (to === 'code') given.code = ''
    else given.password = ''
    void nextTick(() => state.form.value?.querySelector('input')?.focus())
  }
  function check(): boolean {
    const { email, password, code } = given
    return step.value === 'code'
      ? state.check({ code: checks.needed(code) })
      : state.check({ email: checks.needed(email), password: checks.needed(password) })
  }
  const { isBusy, run: submit } = useBusy(async () => {
    if (!check()) return
    const { password } = given
    const code = step.value === 'code' ? given.code.replaceAll(/\s/g, '') : ''
    await take(await send({ email: given.email.trim(), password, ...(code && { code }) }))
  })
  const next = computed(() => safeNext(route.query['next']))
  return { ...state, given, step, isBusy, next, submit, take, back: () => go('password') }
}

interface Shown extends Pick<ReturnType<typeof useEntryForm>, 'showProblem' | 'showErrors'> {
  askForCode(): void
}

/** What follows from the server's answer. */
function useResult({ showProblem, showErrors, askForCode }: Shown) {
  const { t } = useI18n()
  const route = useRoute()
  const entry = useEntry()
  const goOn = useGoOn()
  return async (result: SignInResult): Promise<void> => {
    if (result.kind === 'problem') return showProblem(result.problem)
    if (result.kind === 'code') return askForCode()
    if (result.kind === 'errors') {
      const wrong = { path: [], message: t('accounts.entry.signIn.refused') }
      return showErrors(result.errors.length > 0 ? result.errors : [wrong])
    }
    await entry.enter()
    await goOn(route.query['next'])
  }
}
