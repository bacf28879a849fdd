// `npm run dev`: the server restarts on change, the pages reload; open the address that Vite prints.
import { spawn } from 'node:child_process'
import { ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage, npm, root } from './terminal.mjs'

checkNodeVersion()
await ensureInstalled().catch(failWithMessage)
const isWindows = process.platform === 'win32'
const children = [
  [
    'npx',
    ['tsx', 'watch', '--clear-screen=false', '--tsconfig', 'api/tsconfig.json', 'api/src/main.ts'],
  ],
  [npm, ['run', 'dev', '-w', 'web']],
].map(([command, args]) => spawn(command, args, { cwd: root, stdio: 'inherit', shell: isWindows }))

const stopAll = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopAll)
for (const child of children) child.on('exit', stopAll)
