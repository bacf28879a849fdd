// `npm run dev`: the server restarts on change, the pages reload; open the address that Vite prints.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage, root } from './terminal.mjs'

checkNodeVersion()
await ensureInstalled().catch(failWithMessage)
const isWindows = process.platform === 'win32'
// The programs themselves, not npm around them: a signal must reach them.
const programs = [
  ['tsx', ['watch', '--clear-screen=false', '--tsconfig', 'api/tsconfig.json', 'api/src/main.ts']],
  ['vite', ['web']],
]
const children = programs.map(([name, args]) =>
  spawn(path.join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows,
  }),
)

const stopAll = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopAll)
for (const child of children) child.on('exit', stopAll)
