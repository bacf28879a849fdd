import type { ThemeName } from '../../accounts/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { isLocale, isTimeZone } from '../../lib/locales.ts'
import { LONGEST_MARKDOWN } from '../../lib/markdown.ts'
import { type Logo, readLogo } from '../logo.ts'
import type { PageVisibility } from '../page-visibility.ts'
import { type SectionWish, sectionProblems } from './section-draft.ts'

/** What a person may say of a page; absent: as it is, or the default. */
export interface PageWish {
  slug?: string | null
  title?: string | null
  description?: string | null
  logo?: string | null
  accentColor?: string | null
  theme?: ThemeName | null
  visibility?: PageVisibility | null
  password?: string | null
  domain?: string | null
  timeZone?: string | null
  locale?: string | null
  sections?: SectionWish[] | null
}

/** A page as it will be stored, but for its password, its logo and its sections. */
export interface PageColumns {
  slug: string
  title: string
  description: string
  accentColor: string
  theme: ThemeName
  visibility: PageVisibility
  domain: string | null
  timeZone: string
  locale: string | null
}

export interface PageDraft {
  columns: PageColumns
  /** undefined: as it is; null: none. */
  logo: Logo | null | undefined
  /** A new password. */
  password: string | undefined
  sections: SectionWish[] | undefined
}

export const DEFAULT_ACCENT = '#2563eb'
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/
const COLOUR = /^#[0-9a-f]{6}$/i
const DOMAIN =
  /^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const LONGEST_TITLE = 100
const [SHORTEST_PASSWORD, LONGEST_PASSWORD] = [8, 200]
/** Cannot be printed, or turns the reading direction of what stands around it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

export const NEW_PAGE: PageColumns = {
  ...{ slug: '', title: '', description: '', accentColor: DEFAULT_ACCENT, theme: 'system' },
  ...{ visibility: 'public', domain: null, timeZone: 'UTC', locale: null },
}

/** Puts what is wished over what is stored. Throws INVALID with everything that is wrong. */
export function draftPage(
  wish: PageWish,
  stored: PageColumns & { hasPassword: boolean },
): PageDraft {
  const columns = columnsOf(wish, stored)
  const password = wish.password ?? undefined
  const sections = wish.sections ?? undefined
  const isOpenable = password !== undefined || stored.hasPassword
  const isLocked = columns.visibility === 'password'
  const problems = [
    ...columnProblems(columns),
    ...passwordProblems(password),
    ...(isLocked && !isOpenable ? [missingPassword()] : []),
    ...(sections ? sectionProblems(sections) : []),
  ]
  const logo = logoOf(wish.logo, problems)
  if (problems.length) throw AppError.invalid(problems)
  return { columns, logo, password, sections }
}

/** Absent: as it is; null: as it is with new pages. */
function wished<Name extends keyof PageColumns>(
  name: Name,
  wish: PageWish,
  before: PageColumns,
): PageColumns[Name] {
  const given = wish[name] as PageColumns[Name] | null | undefined
  return given === undefined ? before[name] : (given ?? NEW_PAGE[name])
}

function columnsOf(wish: PageWish, before: PageColumns): PageColumns {
  return {
    slug: wish.slug ?? before.slug,
    title: (wish.title ?? before.title).trim(),
    description: wished('description', wish, before),
    accentColor: wished('accentColor', wish, before).toLowerCase(),
    theme: wished('theme', wish, before),
    visibility: wish.visibility ?? before.visibility,
    domain: wished('domain', wish, before)?.trim().toLowerCase() || null,
    timeZone: wished('timeZone', wish, before),
    locale: wished('locale', wish, before) || null,
  }
}

type Complaint = [code: FieldProblem['code'], message: string] | false

/** What may be wrong with a column: the first that is, is told. */
const COMPLAINTS: { [Name in keyof PageColumns]?: (value: PageColumns[Name]) => Complaint[] } = {
  slug: (slug) => [
    !SLUG.test(slug) && [
      slug ? 'INVALID' : 'REQUIRED',
      'An address has 1 to 60 of a-z, 0-9 and -, and neither begins nor ends with -.',
    ],
  ],
  title: (title) => [
    !title && ['REQUIRED', 'A page needs a title.'],
    (title.length > LONGEST_TITLE || UNPRINTABLE.test(title)) && [
      'INVALID',
      `A title is one line of at most ${LONGEST_TITLE} characters.`,
    ],
  ],
  description: (text) => [
    text.length > LONGEST_MARKDOWN && [
      'LIMIT',
      `A description has at most ${LONGEST_MARKDOWN} characters.`,
    ],
    /[\0\p{Cs}]/u.test(text) && [
      'INVALID',
      'A description is text; it holds a character that is none.',
    ],
  ],
  accentColor: (colour) => [!COLOUR.test(colour) && ['INVALID', 'A colour is written as #rrggbb.']],
  domain: (domain) => [
    Boolean(domain && !DOMAIN.test(domain)) && [
      'INVALID',
      'A domain is a name such as status.example.com, without https:// and path.',
    ],
  ],
  timeZone: (zone) => [
    !isTimeZone(zone) && ['INVALID', 'This is not a time zone such as Europe/Berlin.'],
  ],
  locale: (locale) => [
    Boolean(locale && !isLocale(locale)) && ['INVALID', 'This is not a language such as en or de.'],
  ],
}

function columnProblems(page: PageColumns): FieldProblem[] {
  return (Object.keys(COMPLAINTS) as (keyof PageColumns)[]).flatMap((name) => {
    const complain = COMPLAINTS[name] as (value: unknown) => Complaint[]
    const [first] = complain(page[name]).filter((one) => one !== false)
    return first ? [{ path: [name], code: first[0], message: first[1] }] : []
  })
}

function passwordProblems(password: string | undefined): FieldProblem[] {
  if (password === undefined) return []
  if (password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return []
  const message = `The password of a page has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`
  return [
    { path: ['password'], code: password.length > LONGEST_PASSWORD ? 'LIMIT' : 'INVALID', message },
  ]
}

function missingPassword(): FieldProblem {
  const message = 'A page for those who know a password needs one.'
  return { path: ['password'], code: 'REQUIRED', message }
}

function logoOf(
  wish: string | null | undefined,
  problems: FieldProblem[],
): Logo | null | undefined {
  if (wish === undefined || wish === null) return wish
  try {
    return readLogo(wish)
  } catch (error) {
    if (!(error instanceof AppError) || !error.details.problems) throw error
    problems.push(...error.details.problems)
    return undefined
  }
}
