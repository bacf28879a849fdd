import { computed, reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { SaveProfileDocument, type Theme } from '../../../generated/operations.ts'
import { useMutation } from '../../../lib/apollo/index.ts'
import { useViewer, type ViewerFacts } from '../../../lib/viewer/index.ts'
import { showToast } from '../../../ui/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useChecks } from '../../entry/checks.ts'
import { useEntryForm } from '../../entry/use-entry-form.ts'

/** Empty: as the browser says. */
export interface ProfileDraft {
  name: string
  locale: string
  timeZone: string
  theme: Theme
}

export function profileDraft(viewer: Pick<ViewerFacts, keyof ProfileDraft> | null): ProfileDraft {
  return {
    name: viewer?.name ?? '',
    locale: viewer?.locale ?? '',
    timeZone: viewer?.timeZone ?? '',
    theme: viewer?.theme ?? 'SYSTEM',
  }
}

/** The profile's form: what is changed counts once it is saved. */
export function useProfile() {
  const { t } = useI18n()
  const { viewer } = useViewer()
  const checks = useChecks()
  const { mutate } = useMutation(SaveProfileDocument)
  const given = reactive(profileDraft(viewer.value))
  const form = useEntryForm(['name', 'locale', 'timeZone', 'theme'] as const, given)
  const saved = computed(() => profileDraft(viewer.value))
  const isChanged = computed(() => JSON.stringify(given) !== JSON.stringify(saved.value))
  watch(saved, (next, before) => {
    // Another tab or the menu changed it: what is not being changed here follows.
    for (const key of ['name', 'locale', 'timeZone', 'theme'] as const)
      if (given[key] === before[key]) Object.assign(given, { [key]: next[key] })
  })

  const { isBusy, run: save } = useBusy(async () => {
    if (!form.check({ name: checks.needed(given.name) })) return
    const { name, locale, timeZone, theme } = given
    const input = { name: name.trim(), locale: locale || null, timeZone: timeZone || null, theme }
    const outcome = await mutate({ input })
    if (!form.accept(outcome, outcome.data?.updateProfile.userErrors)) return
    given.name = input.name
    showToast({ tone: 'good', title: t('accounts.settings.profile.saved') })
  })
  return { ...form, given, isBusy, isChanged, save, viewer }
}
