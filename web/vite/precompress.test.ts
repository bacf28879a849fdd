import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compressFolder } from './precompress.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'allswell-build-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('writes both packed forms beside text files and leaves small and packed ones alone', async () => {
  const script = 'export const answer = 42\n'.repeat(100)
  await writeFile(path.join(folder, 'app.js'), script)
  await writeFile(path.join(folder, 'small.css'), 'a{}')
  await writeFile(path.join(folder, 'font.woff2'), 'x'.repeat(5000))
  await compressFolder(folder)
  expect((await readdir(folder)).sort()).toEqual([
    'app.js',
    'app.js.br',
    'app.js.gz',
    'font.woff2',
    'small.css',
  ])
  const read = (name: string) => readFile(path.join(folder, name))
  expect(brotliDecompressSync(await read('app.js.br')).toString()).toBe(script)
  expect(gunzipSync(await read('app.js.gz')).toString()).toBe(script)
})
