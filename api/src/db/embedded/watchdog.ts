import { type ChildProcess, spawn } from 'node:child_process'

/**
 * A shell that waits for the end of its input, which is our end however we end, and then stops the server, if the
 * cluster is still that server's. It ignores what a terminal sends to all of a group.
 */
const SCRIPT = `trap "" INT TERM HUP QUIT
read -r _
{ read -r pid < "$2/postmaster.pid"; } 2>/dev/null
[ "$pid" = "$1" ] && kill -INT "$1"`

/** Stops this server of this cluster when our process dies. The answer is killed when the server has ended. */
export function watchParent(pid: number, cluster: string): ChildProcess {
  const dog = spawn('/bin/sh', ['-c', SCRIPT, 'allswell-watchdog', String(pid), cluster], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: {},
  })
  dog.on('error', () => undefined)
  dog.stdin.on('error', () => undefined)
  dog.unref()
  return dog
}
