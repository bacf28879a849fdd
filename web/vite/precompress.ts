import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /\.(html|js|css|svg|json|txt)$/
const SMALLEST_BYTES = 1024
/** Above this the best quality costs seconds and saves three percent. */
const LARGE_BYTES = 300_000

const brotli = promisify(brotliCompress)
const gz = promisify(gzip)

/** Writes `x.br` and `x.gz` beside each text file of the build (or of a part of it), so that the server compresses nothing. */
export function precompress(part = '.'): Plugin {
  let folder = ''
  return {
    name: 'allswell-precompress',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir, part)
    },
    writeBundle: () => compressFolder(folder),
  }
}

export async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((name) => COMPRESSIBLE.test(name))
  await Promise.all(files.map((name) => compressFile(path.join(folder, name))))
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < SMALLEST_BYTES) return
  const quality = content.length > LARGE_BYTES ? 7 : 11
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality }
  const [small, smaller] = await Promise.all([
    gz(content, { level: 9 }),
    brotli(content, { params }),
  ])
  await Promise.all([writeFile(`${file}.gz`, small), writeFile(`${file}.br`, smaller)])
}
