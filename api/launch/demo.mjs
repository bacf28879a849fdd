// `npm run demo`: the same server on a throwaway data folder, with six small services to watch and 90 days of history.
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage } from './terminal.mjs'

checkNodeVersion()
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  failWithMessage(error)
}
await import('../dist/cli/demo.js')
