// `npm start`: installs and builds what is missing, then becomes the server.
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage } from './terminal.mjs'

checkNodeVersion()
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  failWithMessage(error)
}
await import('../dist/server.js')
