import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the typed documents are those of schema.graphql and of the operations beside the components', async () => {
  const run = promisify(execFile)(process.execPath, ['codegen.mjs', '--check'])
  await expect(run).resolves.toMatchObject({ stderr: '' })
})
