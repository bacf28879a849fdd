import { type DefinitionNode, type DocumentNode, Kind, parse, print } from 'graphql'

type Definitions = Map<string, DefinitionNode>
interface Member {
  name: { value: string }
}

function definitionsOf(document: DocumentNode): Definitions {
  return new Map(
    document.definitions.flatMap((d) =>
      'name' in d && d.name ? [[d.name.value, d] as const] : [],
    ),
  )
}

/** Fields of a type, values of an enum. */
function membersOf(definition: DefinitionNode): Map<string, Member> {
  const members =
    'fields' in definition
      ? definition.fields
      : definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? definition.values
        : undefined
  return new Map(
    ((members ?? []) as readonly Member[]).map((member) => [member.name.value, member]),
  )
}

const text = (node: unknown): string => print(node as DefinitionNode)

/** What the file promises and the server lacks, what the server builds unpromised, and where they differ: a line each. */
export function contractDifferences(promised: string, built: string): string[] {
  const [file, server] = [definitionsOf(parse(promised)), definitionsOf(parse(built))]
  const lines: string[] = []
  for (const [name, definition] of file) {
    const made = server.get(name)
    if (!made) lines.push(`${name} is promised, nothing builds it`)
    else lines.push(...memberDifferences(name, definition, made))
  }
  for (const name of server.keys())
    if (!file.has(name)) lines.push(`${name} is built, the contract does not promise it`)
  return lines
}

function memberDifferences(
  name: string,
  promised: DefinitionNode,
  built: DefinitionNode,
): string[] {
  const [wanted, made] = [membersOf(promised), membersOf(built)]
  const lines: string[] = []
  for (const [member, node] of wanted) {
    const found = made.get(member)
    if (!found) lines.push(`${name}.${member} is promised, no resolver builds it`)
    else if (text(found) !== text(node)) lines.push(`${name}.${member} differs from what is built`)
  }
  for (const member of made.keys())
    if (!wanted.has(member))
      lines.push(`${name}.${member} is built, the contract does not promise it`)
  if (!lines.length && text(promised) !== text(built))
    lines.push(`${name} differs from what is built`)
  return lines
}

/** The built contract with the promises of the file that nothing builds yet. */
export function mergeContract(promised: string, built: string): DocumentNode {
  const [file, server] = [definitionsOf(parse(promised)), definitionsOf(parse(built))]
  const merged = [...server.values()].map((definition) => withPromises(definition, file))
  const onlyPromised = [...file]
    .filter(([name]) => !server.has(name))
    .map(([, definition]) => definition)
  return { kind: Kind.DOCUMENT, definitions: [...merged, ...onlyPromised] }
}

function withPromises(built: DefinitionNode, file: Definitions): DefinitionNode {
  const promised = 'name' in built && built.name ? file.get(built.name.value) : undefined
  if (!promised || promised.kind !== built.kind) return built
  const made = membersOf(built)
  const missing = [...membersOf(promised)]
    .filter(([name]) => !made.has(name))
    .map(([, member]) => member)
  if (!missing.length) return built
  const key = 'fields' in built ? 'fields' : 'values'
  return { ...built, [key]: [...made.values(), ...missing] } as DefinitionNode
}
