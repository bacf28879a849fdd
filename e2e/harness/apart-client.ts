import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { projectRoot, temporaryFolder } from './server-process.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface ApartOptions {
  /** The origin of the server. */
  apiUrl: string
  auth: 'cookie' | 'token'
  port: number
}

/** The pages, built for a server elsewhere and served by a plain file server, as one would deploy them. */
export class ApartClient {
  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(options: ApartOptions): Promise<ApartClient> {
    const folder = temporaryFolder('allswell-apart-')
    const vite = path.join(projectRoot, 'node_modules/vite/bin/vite.js')
    await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder], {
      cwd: path.join(projectRoot, 'web'),
      env: { ...process.env, API_URL: options.apiUrl, API_AUTH: options.auth },
    })
    const client = new ApartClient(folder, serverOf(folder, options.apiUrl))
    await new Promise<void>((resolve) => client.server.listen(options.port, '127.0.0.1', resolve))
    return client
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Files as they are; every other path is the app. */
function serverOf(folder: string, apiUrl: string): Server {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ${apiUrl} ${apiUrl.replace(/^http/, 'ws')}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  const fileOf = async (url: string) => {
    const { pathname } = new URL(url, 'http://localhost')
    const wanted = path.extname(pathname) ? pathname : '/index.html'
    return { type: TYPES[path.extname(wanted)], body: await readFile(path.join(folder, wanted)) }
  }
  return createServer((request, response) => {
    fileOf(request.url ?? '/').then(
      ({ type = 'application/octet-stream', body }) =>
        void response
          .writeHead(200, { 'content-type': type, 'content-security-policy': policy })
          .end(body),
      () => void response.writeHead(404).end(),
    )
  })
}
