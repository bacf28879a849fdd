/** Who is signed in, how they come in and go out, and in which workspace the page acts. */
export { Entry, provideEntry, signInPath, useEntry, type EntryPhase } from './entry.ts'
export { safeNext } from './safe-next.ts'
export { tabNews, type TabNews } from './tab-news.ts'
export { tabTwins } from './tab-twins.ts'
export { TokenKeeper, type TokenOutcome } from './token-keeper.ts'
export { pathWithin, workspaceBase, workspacePath } from './workspace-base.ts'
