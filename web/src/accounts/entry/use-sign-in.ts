import { computed, nextTick, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { safeNext, useEntry } from '../../lib/session/index.ts'
import { useSignInDoor, type SignInResult } from './sign-in-door.ts'
import { useEntryForm } from './use-entry-form.ts'
import { useGoOn } from './use-go-on.ts'

/** The steps of signing in: e-mail and password, then the code where the second factor is on. */
export function useSignIn() {
  const { t } = useI18n()
  const route = useRoute()
  const entry = useEntry()
  const enter = useSignInDoor()
  const goOn = useGoOn()
  const given = reactive({ email: '', password: '', code: '' })
  const step = ref<'password' | 'code'>('password')
  const isBusy = ref(false)
  const state = useEntryForm(['email', 'password', 'code'], given)

  async function take(result: SignInResult): Promise<void> {
    if (result.kind === 'problem') return state.showProblem(result.problem)
    if (result.kind === 'code') return askForCode()
    if (result.kind === 'errors') {
      const wrong = { path: [], message: t('accounts.entry.signIn.refused') }
      return state.showErrors(result.errors.length > 0 ? result.errors : [wrong])
    }
    given.password = ''
    await entry.enter()
    await goOn(route.query['next'])
  }
  function askForCode(): void {
    state.clear()
    step.value = 'code'
    given.code = ''
    void nextTick(() => state.form.value?.querySelector('input')?.focus())
  }
  function check(): boolean {
    const needed = t('accounts.entry.needed')
    const { email, password, code } = given
    return step.value === 'code'
      ? state.check({ code: !code.trim() && needed })
      : state.check({ email: !email.trim() && needed, password: !password && needed })
  }
  async function submit(): Promise<void> {
    if (isBusy.value || !check()) return
    isBusy.value = true
    const { email, password, code } = given
    const isCode = step.value === 'code'
    const result = await enter({
      email: email.trim(),
      password,
      ...(isCode && { code: code.replaceAll(/\s/g, '') }),
    })
    await take(result)
    isBusy.value = false
  }
  function back(): void {
    state.clear()
    step.value = 'password'
    given.password = ''
  }
  return {
    ...state,
    given,
    step,
    isBusy,
    next: computed(() => safeNext(route.query['next'])),
    submit,
    take,
    back,
  }
}
