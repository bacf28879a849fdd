import { Braces, Copy, ExternalLink, Redo2, Share2, Trash2, Undo2 } from '@lucide/vue'
import { print } from 'graphql'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  CreateStatusPageDocument,
  StatusPageForEditDocument,
  type EditedPageFragment,
} from '../../generated/operations.ts'
import { playgroundLink } from '../../lib/playground-link.ts'
import { usePhone } from '../../lib/screen.ts'
import { useViewer } from '../../lib/viewer/index.ts'
import { copyText, type MenuItem } from '../../ui/index.ts'
import { addressOf } from '../shared/address.ts'
import type { PageDraft } from './model/draft.ts'
import { createInput } from './model/input.ts'

interface Head {
  draft: PageDraft
  stored: EditedPageFragment | null
  canUndo: boolean
  canRedo: boolean
}
export interface HeadActs {
  undo(): void
  redo(): void
  share(): void
  remove(): void
}

/** What the menu of the editor offers; on a phone also what has no room beside it. */
export function useHeadItems(head: Head, acts: HeadActs) {
  const { t } = useI18n()
  const isPhone = usePhone()
  const { canEdit, refusalOf } = useViewer()

  const steps = (): MenuItem[] => [
    {
      ...{ id: 'undo', label: t('status-pages.keys.undo'), icon: Undo2 },
      ...{ disabled: !head.canUndo, run: acts.undo },
    },
    {
      ...{ id: 'redo', label: t('status-pages.keys.redo'), icon: Redo2 },
      ...{ disabled: !head.canRedo, run: acts.redo },
    },
  ]
  const ofPage = (address: string): MenuItem[] => [
    {
      ...{ id: 'open', label: t('status-pages.actions.open'), icon: ExternalLink },
      run: () => void window.open(address, '_blank', 'noopener'),
    },
    { id: 'share', label: t('status-pages.share.open'), icon: Share2, run: acts.share },
    {
      ...{ id: 'copy', label: t('status-pages.actions.copy'), icon: Copy },
      run: () => void copyText(address),
    },
  ]
  const graphql = (): MenuItem => ({
    ...{ id: 'graphql', label: t('status-pages.showAsGraphql'), icon: Braces },
    href: playgroundOf(head),
  })
  const remove = (): MenuItem => ({
    ...{ id: 'delete', label: t('status-pages.actions.delete'), icon: Trash2, tone: 'danger' },
    ...{ isApart: true, refusal: refusalOf('EDITOR'), run: acts.remove },
  })
  return computed((): MenuItem[] => [
    ...(isPhone.value && canEdit.value ? steps() : []),
    ...(head.stored ? ofPage(addressOf(head.stored)) : []),
    graphql(),
    ...(head.stored ? [remove()] : []),
  ])
}

/** The operation behind the editor; of a new page the one that would create it. */
function playgroundOf({ draft, stored }: Head): string {
  if (stored) {
    const query = print(StatusPageForEditDocument)
    return playgroundLink({ query, variables: { id: stored.id } })
  }
  // Neither the password nor a whole picture belongs into an address.
  const { password: _password, logo: _logo, ...input } = createInput(draft)
  return playgroundLink({ query: print(CreateStatusPageDocument), variables: { input } })
}
