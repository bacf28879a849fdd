import type { Role } from '../../lib/actor.ts'
import { type LetterBody, letterHtml, letterText } from './letter-frame.ts'
import type { Letter } from './mailer.ts'

const LONGEST_NAME = 60
const ARTICLE: Record<Role, string> = {
  viewer: 'a viewer',
  editor: 'an editor',
  admin: 'an admin',
  owner: 'an owner',
}

function letterOf(subject: string, body: LetterBody): Letter {
  return { subject, text: letterText(body), html: letterHtml(body) }
}

/** A name that somebody chose, as it may stand in a line: short, and nothing that mail programs make a link of. */
function plainName(name: string): string {
  const line = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/:\/\/|(?<=\S)[.@](?=\S)/g, ' ')
  const shown = line.trim().slice(0, LONGEST_NAME)
  return shown || 'Somebody'
}

/** The way back for who forgot their password. */
export function passwordResetLetter(given: {
  name: string
  link: string
  minutes: number
}): Letter {
  return letterOf('Set a new password for Allswell', {
    title: 'Set a new password',
    paragraphs: [
      `Hello ${plainName(given.name)},`,
      'somebody, most likely you, asked for a new password for your account. Setting it signs you out everywhere.',
    ],
    button: { label: 'Set a new password', link: given.link },
    footnote: `The link holds once, for ${given.minutes} minutes. If it was not you, do nothing: your password stays as it is.`,
  })
}

/** The way into a workspace. */
export function invitationLetter(given: {
  workspaceName: string
  /** Absent: nobody in particular. */
  inviterName?: string | null
  role: Role
  link: string
  days: number
}): Letter {
  const workspace = plainName(given.workspaceName)
  const who = given.inviterName ? plainName(given.inviterName) : 'Somebody'
  return letterOf(`Join ${workspace} on Allswell`, {
    title: `Join ${workspace}`,
    paragraphs: [
      `${who} invites you to the workspace ${workspace} on Allswell, where you would be ${ARTICLE[given.role]}.`,
      'Allswell watches services and tells when one of them is down.',
    ],
    button: { label: 'Accept the invitation', link: given.link },
    footnote: `The link holds once, for ${given.days} ${given.days === 1 ? 'day' : 'days'}. If you don’t expect it, do nothing.`,
  })
}

/** Asks whether somebody wants to hear of a page; it can be refused by one click, in programs of mail too (RFC 8058). */
export function subscriptionLetter(given: {
  pageTitle: string
  link: string
  /** Where who does not want to hear of it leaves. */
  leave: string
  hours: number
}): Letter {
  const page = plainName(given.pageTitle)
  const letter = letterOf(`Hear of outages of ${page}`, {
    title: `Hear of outages of ${page}`,
    paragraphs: [
      `Somebody, most likely you, wants letters to this address when there is an outage of ${page}.`,
      'Nothing is sent before you say so here.',
    ],
    button: { label: 'Yes, send me letters', link: given.link },
    footnote: `The link holds for ${given.hours} hours. If it was not you, do nothing. To leave at any time: ${given.leave}`,
  })
  return { ...letter, headers: leavingHeaders(given.leave) }
}

const leavingHeaders = (leave: string): Record<string, string> => ({
  'List-Unsubscribe': `<${leave}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'Auto-Submitted': 'auto-generated',
})
