const CHANNEL = 'allswell.tab'
const STORAGE_KEY = 'allswell.tab'
/** Tabs of one browser answer within a few milliseconds. */
const ANSWER_WITHIN_MS = 150

interface Message {
  kind: 'ask' | 'taken'
  tab: string
  /** The page that asks. */
  page: string
}

/**
 * A duplicated tab begins with a copy of its original's sessionStorage, refresh token and all; used by both, the
 * token would end the sign-in of both. Answers whether this page is such a copy: then another page has its name.
 */
export function tabTwins(
  storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage,
): () => Promise<boolean> {
  const page = newName()
  const channel = new BroadcastChannel(CHANNEL)
  const given = storage.getItem(STORAGE_KEY)
  let tab = given ?? newName()
  let learn = (_isTwin: boolean) => {}
  const post = (message: Message) => channel.postMessage(message)

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.tab !== tab) return
    if (data.kind === 'ask' && data.page !== page) post({ ...data, kind: 'taken' })
    if (data.kind === 'taken' && data.page === page) learn(true)
  })
  const answer = new Promise<boolean>((resolve) => {
    if (given === null) return resolve(false)
    learn = resolve
    setTimeout(() => resolve(false), ANSWER_WITHIN_MS)
    post({ kind: 'ask', tab, page })
  }).then((isTwin) => {
    if (isTwin) tab = newName()
    storage.setItem(STORAGE_KEY, tab)
    return isTwin
  })
  return () => answer
}

const newName = () => Math.random().toString(36).slice(2)
