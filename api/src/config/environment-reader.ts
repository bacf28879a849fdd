type Problem = (value: string) => string | undefined

/** Reads settings one by one and gathers what is wrong with them. */
export class EnvironmentReader {
  readonly mistakes: string[] = []

  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly readFile: (file: string) => string,
  ) {}

  text(name: string, byDefault: string, problem: Problem = () => undefined): string {
    const value = this.raw(name) ?? byDefault
    this.judge(name, problem(value))
    return value
  }

  integer(name: string, byDefault: number, least: number, most: number): number {
    const text = this.raw(name)
    if (text === undefined) return byDefault
    const value = Number(text)
    const isRight = /^\d+$/.test(text) && value >= least && value <= most
    this.judge(
      name,
      isRight ? undefined : `is ${text}, but must be a whole number from ${least} to ${most}`,
    )
    return isRight ? value : byDefault
  }

  flag(name: string, byDefault: boolean): boolean {
    return this.choice(name, ['true', 'false'], byDefault ? 'true' : 'false') === 'true'
  }

  choice<T extends string>(name: string, choices: readonly T[], byDefault: T): T {
    const text = this.raw(name)
    if (text === undefined) return byDefault
    const chosen = choices.find((choice) => choice === text.toLowerCase())
    this.judge(name, chosen ? undefined : `is ${text}, but must be one of ${choices.join(', ')}`)
    return chosen ?? byDefault
  }

  list(name: string, problem: Problem): string[] {
    const items = (this.raw(name) ?? '').split(',').map((item) => item.trim())
    const given = items.filter(Boolean)
    for (const item of given) this.judge(name, problem(item))
    return given
  }

  /** A value that may also stand in a file, named by the setting with `_FILE` behind its name. */
  secret(name: string, problem: Problem): string | undefined {
    const file = this.raw(`${name}_FILE`)
    const direct = this.raw(name)
    if (file && direct) this.judge(name, `and ${name}_FILE are both set: keep one of them`)
    const value = file ? this.contentOf(`${name}_FILE`, file) : direct
    if (value !== undefined) this.judge(name, problem(value))
    return value
  }

  private contentOf(name: string, file: string): string | undefined {
    try {
      return this.readFile(file).trim()
    } catch {
      this.judge(name, `is ${file}, but that file can't be read`)
      return undefined
    }
  }

  /** An empty setting counts as absent: so do the tools that write environments. */
  private raw(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined
  }

  private judge(name: string, problem: string | undefined): void {
    if (problem) this.mistakes.push(`${name} ${problem}`)
  }
}
