import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer'
import { ToolbarButton, useGraphiQL } from '@graphiql/react'
import { GraphiQL } from 'graphiql'
import {
  createElement as h,
  Fragment,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react'
import { operationInHash, playgroundLink, workspaceInHash } from '../src/lib/playground-link.ts'
import { outside } from '../src/lib/prefix.ts'
import { workspacePath } from '../src/lib/session/workspace-base.ts'
import { useEditorTheme } from './editor-theme.ts'
import { EXAMPLES, type Example } from './examples.ts'
import { createFetcher } from './fetcher.ts'
import { IdentityBar } from './identity-bar.ts'
import { Identity } from './identity.ts'
import { hasStoredTabs, playgroundStorage } from './playground-storage.ts'

const ROOM_FOR_DOCS_PX = 900

/** GraphiQL with our examples, our theme and a way back. */
export function Playground(): ReactElement {
  const [start] = useState(readStart)
  const fetcher = useMemo(() => createFetcher(start.identity), [start])
  useEditorTheme()
  const editor = h(
    GraphiQL,
    {
      fetcher,
      storage: start.storage,
      defaultTabs: start.tabs.map((tab) => ({ ...tab })),
      initialQuery: start.opened?.query,
      initialVariables: start.opened?.variables,
      defaultEditorToolsVisibility: 'variables',
      // The tree of the schema is open on a first visit: it is what makes the contract readable.
      visiblePlugin:
        start.isFirstVisit && innerWidth >= ROOM_FOR_DOCS_PX ? DOC_EXPLORER_PLUGIN : undefined,
      schemaDescription: true,
      inputValueDeprecation: true,
    },
    h(GraphiQL.Logo, null, h(BackLink)),
    h(GraphiQL.Toolbar, { children: toolbar }),
  )
  const title = h('h1', { className: 'allswell-title' }, 'Allswell — GraphQL playground')
  return h('main', null, title, h(IdentityBar, { identity: start.identity }), editor)
}

/** An operation in the address opens in a tab of its own, before the examples. */
function readStart() {
  const storage = playgroundStorage()
  const linked = operationInHash(location.hash)
  const identity = new Identity(workspaceInHash(location.hash))
  // Once it is a tab, a reload must not make another.
  if (location.hash) history.replaceState(null, '', location.pathname)
  const isFirstVisit = !hasStoredTabs(storage)
  const tabs: Example[] = linked ? [linked, ...EXAMPLES] : [...EXAMPLES]
  return {
    identity,
    storage,
    tabs,
    isFirstVisit,
    opened: linked ?? (isFirstVisit ? tabs[0] : undefined),
  }
}

function BackLink(): ReactElement {
  return h('a', { className: 'allswell-back', href: wayBack() }, '← Allswell')
}

/** Into the workspace that the link hither came from. */
function wayBack(): string {
  const { workspace } = new Identity().current()
  return outside(workspace === null ? '/' : workspacePath(workspace))
}

function toolbar(parts: { prettify: ReactNode; copy: ReactNode; merge: ReactNode }) {
  return h(Fragment, null, parts.prettify, parts.copy, h(LinkButton))
}

/** Copies an address that opens this very operation. */
function LinkButton(): ReactElement {
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex])
  const [isCopied, setCopied] = useState(false)
  async function copy() {
    const path = playgroundLink({ query: tab?.query ?? '', variables: tab?.variables ?? '' })
    await navigator.clipboard.writeText(new URL(path, location.href).href)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  const label = isCopied ? 'Copied' : 'Copy a link to this operation'
  return h(ToolbarButton, { label, onClick: () => void copy() }, h(LinkSign))
}

function LinkSign(): ReactElement {
  const path =
    'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1'
  return h(
    'svg',
    { viewBox: '0 0 24 24', className: 'graphiql-toolbar-icon', 'aria-hidden': true, fill: 'none' },
    h('path', { d: path, stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round' }),
  )
}
