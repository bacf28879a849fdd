import { translate } from '../lib/i18n/index.ts'
import { showToast } from './toasts.ts'

/** Copies and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ tone: 'good', title: translate('ui.copied') })
  } catch {
    showToast({ tone: 'bad', title: translate('ui.copyFailed') })
  }
}
