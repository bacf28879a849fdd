const CHANNEL = 'allswell.session'

export interface TabNews {
  /** Who is signed in has changed in this tab. */
  tell(): void
  /** It has changed in another tab of this browser; answers what stops listening. */
  hear(listen: () => void): () => void
}

/** Tells the tabs of one browser of each other's sign-in and sign-out; they share the cookie. */
export function tabNews(): TabNews {
  const channel = new BroadcastChannel(CHANNEL)
  return {
    tell: () => channel.postMessage('changed'),
    hear(listen) {
      channel.addEventListener('message', listen)
      return () => channel.removeEventListener('message', listen)
    },
  }
}
