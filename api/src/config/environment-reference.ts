import { readSettings } from './config.ts'
import { EnvironmentReader } from './environment-reader.ts'
import { SETTING_MEANINGS } from './setting-meanings.ts'

/** What can be set, learnt by asking for everything in an empty environment. */
class SettingsRecorder extends EnvironmentReader {
  /** The facts of each setting, as the reference tells them. */
  readonly facts = new Map<string, string[]>()

  constructor() {
    super({}, () => '')
  }

  override text(name: string, byDefault: string): string {
    return this.learn(name, byDefault ? [`default \`${byDefault}\``] : [], byDefault)
  }

  override integer(name: string, byDefault: number, least: number, most: number): number {
    return this.learn(name, [`${least} to ${most}`, `default \`${byDefault}\``], byDefault)
  }

  override choice<T extends string>(name: string, choices: readonly T[], byDefault: T): T {
    const options = choices.map((choice) => `\`${choice}\``).join(', ')
    return this.learn(name, [`one of ${options}`, `default \`${byDefault}\``], byDefault)
  }

  override list(name: string): string[] {
    return this.learn(name, [], [])
  }

  override secret(name: string): string | undefined {
    return this.learn(name, [`or a file, named by \`${name}_FILE\``], undefined)
  }

  private learn<T>(name: string, facts: string[], value: T): T {
    this.facts.set(name, facts)
    return value
  }
}

const HEAD = `<!-- Written by \`npm run environment -w api -- write\` from the settings that the server reads: change those. -->

# Settings of the server

All settings come from the environment, and are read once, at the start. Mistakes are reported all at once, before anything
starts. An empty setting counts as absent. Nothing has to be set.
`

const TAIL = `
## Of a build

\`npm run build\` and \`npm run build -w web\` read these; see [deployment.md](deployment.md).

- **\`API_URL\`**: The server of a client that is served from elsewhere, such as \`https://api.example.com\`. Absent: where the page comes from.
- **\`API_AUTH\`** (one of \`cookie\`, \`token\`; default \`cookie\`): \`token\` where page and server are different sites.
- **\`WEB_PATH\`** (default \`/\`): Where a host of static files has the client, such as \`/app/\`. The server needs no such word: it has \`PUBLIC_URL\`.
`

/** The reference as Markdown. Throws when a setting has no meaning, or a meaning no setting. */
export function environmentReference(): string {
  const recorder = new SettingsRecorder()
  // Folders don't show: an empty name stands for whatever it is relative to.
  readSettings(recorder, { workingFolder: '/', webFolder: '' })
  const { facts } = recorder
  const told = Object.values(SETTING_MEANINGS).flatMap((group) => Object.keys(group))
  const odd = [
    ...[...facts.keys()].filter((name) => !told.includes(name)),
    ...told.filter((name) => !facts.has(name)),
  ]
  if (odd.length)
    throw new Error(`config/setting-meanings.ts and the settings differ: ${odd.join(', ')}`)
  const groups = Object.entries(SETTING_MEANINGS).map(([title, meanings]) => {
    const lines = Object.entries(meanings).map(([name, meaning]) => {
      const said = facts.get(name)!.join('; ')
      return `- **\`${name}\`**${said && ` (${said})`}: ${meaning}`
    })
    return `\n## ${title}\n\n${lines.join('\n')}\n`
  })
  return HEAD + groups.join('') + TAIL
}
