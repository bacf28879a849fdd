import { get, INPUT_ID, INPUT_USER, type RestOperation, patch, post, remove } from '../operation.ts'

const tag = 'Members'
const INVITATIONS = 'Invitations'

const act = (verb: 'suspend' | 'reinstate', summary: string): RestOperation =>
  post({
    ...{ tag, summary },
    path: `/members/{id}/${verb}`,
    operationId: `${verb}Member`,
    field: `Mutation.${verb}Member`,
    ...{ answer: 'member', pathVariables: INPUT_USER, notInBody: ['userId'] },
  })

const MEMBERS: readonly RestOperation[] = [
  get({
    ...{ path: '/members', operationId: 'listMembers', tag, summary: 'List members' },
    field: 'Query.members',
  }),
  get({
    ...{ path: '/members/{id}', operationId: 'getMember', tag, summary: 'Get a member' },
    ...{ field: 'Query.members', findById: true },
  }),
  patch({
    ...{ path: '/members/{id}', operationId: 'changeMemberRole', tag },
    ...{ summary: 'Give a member another role', answer: 'member' },
    ...{ field: 'Mutation.changeMemberRole', pathVariables: INPUT_USER, notInBody: ['userId'] },
    example: { role: 'EDITOR' },
  }),
  remove({
    ...{ path: '/members/{id}', operationId: 'removeMember', tag },
    ...{ summary: 'Remove a member', field: 'Mutation.removeMember', pathVariables: INPUT_USER },
    notInBody: ['userId'],
  }),
  act('suspend', 'Shut a member out'),
  act('reinstate', 'Let a suspended member in again'),
]

export const PEOPLE: readonly RestOperation[] = [
  ...MEMBERS,
  get({
    ...{ path: '/invitations', operationId: 'listInvitations', tag: INVITATIONS },
    ...{ summary: 'List open invitations', field: 'Query.invitations' },
  }),
  get({
    ...{ path: '/invitations/{id}', operationId: 'getInvitation', tag: INVITATIONS },
    ...{ summary: 'Get an open invitation', field: 'Query.invitations', findById: true },
  }),
  post({
    ...{ path: '/invitations', operationId: 'inviteMember', tag: INVITATIONS },
    ...{ summary: 'Invite somebody', field: 'Mutation.inviteMember' },
    location: { path: '/invitations', id: 'invitation.id' },
    example: { email: 'grace@example.com', role: 'EDITOR' },
  }),
  remove({
    ...{ path: '/invitations/{id}', operationId: 'revokeInvitation' },
    ...{ tag: INVITATIONS, summary: 'Take an invitation back' },
    ...{ field: 'Mutation.revokeInvitation', pathVariables: INPUT_ID, notInBody: ['id'] },
  }),
]
