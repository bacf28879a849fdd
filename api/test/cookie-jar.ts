/** A browser that goes where it is led, and shows nothing. */
let browsers = 0

export class Browser {
  /** Each browser has an address of its own, for servers that trust a proxy on loopback. */
  private readonly address = `198.18.${(browsers >> 8) & 255}.${browsers++ & 255}`
  private readonly jar = new Map<string, Map<string, string>>()

  cookie(url: string, name: string): string | undefined {
    return this.jar.get(new URL(url).host)?.get(name)
  }

  setCookie(url: string, name: string, value: string): void {
    const { host } = new URL(url)
    this.jar.set(host, (this.jar.get(host) ?? new Map<string, string>()).set(name, value))
  }

  /** One request, without following. */
  async ask(url: string, options: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url)
    const kept = this.jar.get(host) ?? new Map<string, string>()
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      ...{ ...(options.headers as object), 'x-forwarded-for': this.address },
      ...(cookie ? { cookie } : {}),
    }
    const response = await fetch(url, { ...options, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined) continue
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) kept.delete(name)
      else kept.set(name, value ?? '')
    }
    this.jar.set(host, kept)
    return response
  }

  /** Follows redirects until `stop` says so, or a page comes. */
  async follow(
    url: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<{ url: string; response: Response | undefined }> {
    for (let hops = 0; hops < 20; hops++) {
      if (stop(url)) return { url, response: undefined }
      const response = await this.ask(url)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || !location) return { url, response }
      url = new URL(location, url).href
    }
    throw new Error('Led around in a circle')
  }
}
