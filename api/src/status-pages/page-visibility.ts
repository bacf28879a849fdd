import { registerEnumType } from 'type-graphql'

/** Who may see a page; the values are what is stored. */
export const PageVisibility = {
  PUBLIC: 'public',
  UNLISTED: 'unlisted',
  PASSWORD: 'password',
  MEMBERS: 'members',
} as const
export type PageVisibility = (typeof PageVisibility)[keyof typeof PageVisibility]

registerEnumType(PageVisibility, {
  name: 'PageVisibility',
  description: 'Who may see a status page.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody; search engines may list it.' },
    UNLISTED: {
      description: 'Everybody who knows its address; search engines are asked not to list it.',
    },
    PASSWORD: { description: 'Whoever knows its password, and members of the workspace.' },
    MEMBERS: { description: 'Members of the workspace only. For others it does not exist.' },
  },
})
