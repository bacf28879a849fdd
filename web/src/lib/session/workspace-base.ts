export interface WorkspaceBase {
  /** The workspace that the address names; null: the one used last. */
  slug: string | null
  /** What stands before every path of the app. */
  base: string
}

/** What the address of the page says about the workspace: `/w/<slug>/…`. */
export function workspaceBase(pathname: string): WorkspaceBase {
  // As it stands in the address: a header takes no other letters.
  const slug = /^\/w\/([^/]+)/.exec(pathname)?.[1] ?? null
  return { slug, base: slug === null ? '/' : workspacePath(slug) }
}

/** The address at which the app acts in this workspace. */
export function workspacePath(slug: string): string {
  return `/w/${slug}/`
}

/** The part of a full path that the router of this base can go to; null where another page must be loaded. */
export function pathWithin(base: string, path: string): string | null {
  if (base !== '/') return path.startsWith(base) ? path.slice(base.length - 1) : null
  return /^\/(w\/|status\/|graphql([/?#]|$))/.test(path) ? null : path
}
