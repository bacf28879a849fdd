import { onScopeDispose, type Component } from 'vue'

export interface Command {
  id: string
  /** What the viewer reads, already translated. */
  label: string
  /** Small print beside it, such as an address. */
  hint?: string
  /** Heading that it stands under, already translated. */
  group: string
  icon?: Component
  /** Further words that find it. */
  keywords?: string
  /** Shortcut that does the same, as in `shortcuts.ts`. */
  keys?: string
  /** Why the viewer may not: shown instead of the hint, and nothing happens. */
  refusal?: string | undefined
  /** Where it leads; the palette goes there. */
  to?: string
  run?(): void | Promise<void>
}

/** Answers the commands for what is typed. A source that searches by itself sets `isSearch`. */
export interface CommandSource {
  find(query: string, signal: AbortSignal): readonly Command[] | Promise<readonly Command[]>
  /** True: the answers already fit the query and are shown as they come. */
  isSearch?: boolean
}

const sources = new Set<CommandSource>()

/** Adds a source to the palette; answers a function that takes it away. */
export function addCommands(source: CommandSource): () => void {
  sources.add(source)
  return () => sources.delete(source)
}

/** Adds a source for as long as the calling component lives. */
export function useCommands(source: CommandSource): void {
  onScopeDispose(addCommands(source))
}

/** All commands that fit, the plain ones ranked. A source that fails answers nothing. */
export async function findCommands(query: string, signal: AbortSignal): Promise<Command[]> {
  const answers = await Promise.all(
    [...sources].map(async (source) => {
      try {
        const commands = await source.find(query, signal)
        return source.isSearch ? [...commands] : rankCommands(commands, query)
      } catch {
        return []
      }
    }),
  )
  return answers.flat()
}

/** Keeps the commands in which every typed word occurs; those that begin with it come first. */
export function rankCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const scored = commands.map((command) => ({ command, score: scoreOf(command, words) }))
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command)
}

function scoreOf(command: Command, words: readonly string[]): number {
  const label = command.label.toLowerCase()
  const text = `${label} ${command.hint ?? ''} ${command.keywords ?? ''}`.toLowerCase()
  if (!words.every((word) => text.includes(word))) return 0
  return words.reduce((score, word) => score + wordScore(label, word), 1)
}

function wordScore(label: string, word: string): number {
  if (label.startsWith(word)) return 3
  return label.split(/\s+/).some((part) => part.startsWith(word)) ? 2 : 0
}
