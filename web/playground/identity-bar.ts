import {
  createElement as h,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ChangeEvent,
  type ReactElement,
} from 'react'
import { outside } from '../src/lib/prefix.ts'
import type { Identity } from './identity.ts'
import { whoActs, type WhoActs } from './who-acts.ts'

const ROLES: Record<string, string> = {
  OWNER: 'owner',
  ADMIN: 'admin',
  EDITOR: 'editor',
  VIEWER: 'viewer',
}

/** Says who the operations come from, and lets them come from an API token instead. */
export function IdentityBar({ identity }: { identity: Identity }): ReactElement {
  const { mode, token, workspace } = useSyncExternalStore(identity.subscribe, identity.current)
  const [isAsking, setAsking] = useState(mode === 'token')
  const [who, setWho] = useState<WhoActs | null>(null)
  useEffect(() => {
    let isCurrent = true
    const ask = () => void whoActs(identity).then((answer) => isCurrent && setWho(answer))
    ask()
    // Signing in or out happens in other tabs.
    addEventListener('focus', ask)
    return () => {
      isCurrent = false
      removeEventListener('focus', ask)
    }
  }, [identity, mode, token, workspace])

  function choose(next: string) {
    setAsking(next === 'token')
    if (next === 'me') identity.asMe()
  }
  return h(
    'div',
    { className: 'allswell-identity' },
    h(
      'label',
      null,
      'Run as ',
      h(
        'select',
        {
          value: isAsking ? 'token' : 'me',
          onChange: (event: ChangeEvent<HTMLSelectElement>) => choose(event.target.value),
        },
        h('option', { value: 'me' }, 'me'),
        h('option', { value: 'token' }, 'an API token…'),
      ),
    ),
    isAsking && h(TokenField, { identity }),
    h('span', { role: 'status', className: 'allswell-who' }, wordsOf(who, isAsking, mode)),
  )
}

/** The token that is typed counts once it is confirmed. */
function TokenField({ identity }: { identity: Identity }): ReactElement {
  const [text, setText] = useState(identity.current().token)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!identity.current().token) field.current?.focus()
  }, [identity])
  return h(
    'form',
    {
      onSubmit: (event: { preventDefault(): void }) => {
        event.preventDefault()
        if (text.trim()) identity.asToken(text)
      },
    },
    h('input', {
      ref: field,
      type: 'password',
      value: text,
      placeholder: 'aw_…',
      'aria-label': 'API token',
      autoComplete: 'off',
      spellCheck: false,
      onChange: (event: ChangeEvent<HTMLInputElement>) => setText(event.target.value),
    }),
    h('button', { type: 'submit' }, 'Use'),
  )
}

function wordsOf(who: WhoActs | null, isAsking: boolean, mode: 'me' | 'token') {
  if (isAsking && mode === 'me') return 'Paste a token. It stays in this tab.'
  if (who === null) return ''
  if (who.kind === 'unknown') return 'The server does not say who this is.'
  if (who.kind === 'refused') {
    return mode === 'token' ? 'This token does not work: revoked, expired or mistyped.' : signIn()
  }
  return who.kind === 'nobody' ? signIn() : h(Somebody, who)
}

function Somebody({ name, role, workspace }: Extract<WhoActs, { kind: 'somebody' }>): ReactElement {
  return h(
    'span',
    null,
    h('strong', null, name),
    role && `, ${ROLES[role] ?? role}`,
    workspace ? [' in ', h('strong', { key: 'workspace' }, workspace)] : ', in no workspace',
  )
}

function signIn(): ReactElement {
  const href = outside(`/sign-in?next=${encodeURIComponent('/graphql')}`)
  return h('span', null, 'Nobody is signed in. ', h('a', { href }, 'Sign in'))
}
