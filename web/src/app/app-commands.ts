import { Activity, Globe, Keyboard, LogOut, Plus, Settings, Terminal, UserRound } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { useCommands, type Command } from '../lib/commands.ts'
import { playgroundPage } from '../lib/playground-link.ts'
import { useViewer } from '../lib/viewer/index.ts'
import { useThemeItems } from './theme-items.ts'
import { openNewWorkspace } from './workspace/new-workspace.ts'
import { useWorkspaces } from './workspace/use-workspaces.ts'
import { useSignOut } from './you/use-sign-out.ts'

/** What the palette can do everywhere. */
export function useAppCommands({ openSheet }: { openSheet: () => void }): void {
  const { t } = useI18n()
  const places = usePlaces()
  const pages = usePageCommands()
  const account = useAccountCommands()
  const { items } = useThemeItems()
  const themes = (): Command[] =>
    items.value.map(({ id, label, icon, run }) => ({
      id,
      label: t('app.commands.theme', { name: label }),
      group: t('app.commands.settings'),
      keywords: 'appearance mode',
      icon,
      run,
    }))
  const help = (): Command => ({
    id: 'shortcuts',
    label: t('app.shortcuts.title'),
    group: t('app.commands.help'),
    icon: Keyboard,
    keys: '?',
    run: openSheet,
  })
  useCommands({ find: () => [...places(), ...pages(), ...account(), ...themes(), help()] })
}

/** Another workspace, a new one, and the way out. */
function useAccountCommands(): () => Command[] {
  const { t } = useI18n()
  const { others } = useWorkspaces('known')
  const signOut = useSignOut()
  const command = (given: Omit<Command, 'group'>) => ({
    ...given,
    group: t('app.commands.account'),
  })
  return () => [
    ...others.value.map(({ id, name, path }) =>
      command({
        id: `workspace-${id}`,
        label: t('app.workspace.switchTo', { name }),
        keywords: 'workspace',
        run: () => location.assign(path),
      }),
    ),
    command({
      id: 'workspace-new',
      label: t('app.workspace.new'),
      icon: Plus,
      run: openNewWorkspace,
    }),
    command({
      id: 'sign-out',
      label: t('app.you.signOut'),
      keywords: 'log out logout leave',
      icon: LogOut,
      run: signOut,
    }),
  ]
}

function usePageCommands(): () => Command[] {
  const { t } = useI18n()
  const { refusalOf } = useViewer()
  return () => [
    {
      id: 'go-status-pages',
      label: t('status-pages.title'),
      group: t('app.commands.go'),
      keywords: 'public page visitors components badge widget',
      icon: Globe,
      keys: 'g t',
      to: '/status-pages',
    },
    {
      id: 'status-page-new',
      label: t('status-pages.actions.new'),
      group: t('status-pages.title'),
      keywords: 'add create public page',
      icon: Plus,
      to: '/status-pages/new',
      refusal: refusalOf('EDITOR'),
    },
  ]
}

function usePlaces(): () => Command[] {
  const { t } = useI18n()
  const place = (command: Omit<Command, 'group'>) => ({ ...command, group: t('app.commands.go') })
  return () => [
    place({ id: 'go-monitors', label: t('app.monitors'), icon: Activity, keys: 'g m', to: '/' }),
    place({
      id: 'go-settings',
      label: t('app.you.settings'),
      keywords: 'members invitations tokens audit log',
      icon: Settings,
      keys: 'g s',
      to: '/settings/members',
    }),
    place({
      id: 'go-profile',
      label: t('app.you.profile'),
      keywords: 'account password passkey two factor sessions language time zone',
      icon: UserRound,
      keys: 'g p',
      to: '/account/profile',
    }),
    place({
      id: 'go-playground',
      label: t('app.playground'),
      keywords: 'graphql graphiql api',
      icon: Terminal,
      keys: 'g a',
      run: () => location.assign(playgroundPage()),
    }),
  ]
}
