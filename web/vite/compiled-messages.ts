import { baseCompile } from '@intlify/message-compiler'
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

type Texts = { [key: string]: string | Texts }

const FILE = /\/messages\/[\w-]+\.json$/
const PREFIX = '\0compiled-messages:'

/** In a build, texts are compiled here, so that the page carries no compiler of messages (5 KB of script). */
export function compiledMessages(): Plugin {
  return {
    name: 'allswell-compiled-messages',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      define: { __INTLIFY_DROP_MESSAGE_COMPILER__: 'true' },
    }),
    async resolveId(source, importer) {
      if (!FILE.test(source)) return null
      const file = await this.resolve(source, importer, { skipSelf: true })
      // Under another name, or it would be read as JSON.
      return file && `${PREFIX}${file.id.replace(/\.json$/, '')}`
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null
      const file = `${id.slice(PREFIX.length)}.json`
      this.addWatchFile(file)
      const texts = JSON.parse(await readFile(file, 'utf8')) as Texts
      return { code: moduleOf(texts), moduleType: 'js' }
    },
  }
}

/** A module whose default export is the compiled texts; plain ones, the most, are told shortly. */
export function moduleOf(texts: Texts): string {
  return `const s = (s) => ({ t: 0, b: { t: 2, i: [{ t: 3 }], s } })\nexport default ${codeOf(texts)}\n`
}

function codeOf(texts: Texts): string {
  const entries = Object.entries(texts).map(([key, value]) => {
    const code = typeof value === 'string' ? compile(value) : codeOf(value)
    return `${JSON.stringify(key)}: ${code}`
  })
  return `{ ${entries.join(', ')} }`
}

function compile(text: string): string {
  const options = {
    jit: true,
    minify: true,
    mangle: true,
    optimize: true,
    location: false,
    onError(error: Error) {
      throw new Error(`The text "${text}" can't be compiled: ${error.message}`)
    },
  }
  const { ast } = baseCompile(text, options) as { ast: { b?: { i?: object[]; s?: string } } }
  const isPlain = ast.b?.i?.length === 1 && typeof ast.b.s === 'string'
  return isPlain ? `s(${JSON.stringify(ast.b?.s)})` : JSON.stringify(ast)
}
