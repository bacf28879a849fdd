// `npm run allswell -- <command>`: people, keys and secrets of this server on the command line.
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage } from './terminal.mjs'

checkNodeVersion()
try {
  await ensureInstalled()
  await ensureBuilt(['api'])
} catch (error) {
  failWithMessage(error)
}
await import('../dist/allswell.js')
