import type { DoorComponent, DoorPage } from '../src/status-pages/index.ts'

const BEGAN = Date.UTC(2026, 2, 29, 0, 30)
export const at = (minutes: number): Date => new Date(BEGAN + minutes * 60_000)

export function doorComponent(changes: Partial<DoorComponent> = {}): DoorComponent {
  return {
    ...{ id: 'abcdefghij01', name: 'API', description: '', status: 'OPERATIONAL', since: at(0) },
    ...changes,
  }
}

/** A page with two sections, one of them without a heading, and nothing wrong. */
export function doorPage(changes: Partial<DoorPage> = {}): DoorPage {
  return {
    ...{ publicId: 'p4g3p4g3p4g3', slug: 'acme', title: 'Acme', descriptionText: 'What Acme does' },
    ...{ timeZone: 'Europe/Berlin', status: 'OPERATIONAL', visibility: 'public' },
    ...{ createdAt: at(-1_440), updatedAt: at(0), outages: [] },
    sections: [
      { id: 's1', name: '', components: [doorComponent()] },
      {
        ...{ id: 's2', name: 'Shops' },
        components: [
          doorComponent({ id: 'abcdefghij02', name: 'Till', description: 'Where you pay' }),
        ],
      },
    ],
    ...changes,
  }
}

export const PLACE = {
  home: 'https://status.example.com/status/acme',
  doors: 'https://status.example.com/status/acme',
}

/** Texts that break out of where they were put, wherever that is. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onload='alert(1)`,
  ']]><script>alert(1)</script>',
  '</title></svg><script>alert(1)</script>',
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} `',
  'a\u0000b\u0008c\u001b[31m',
  'a\r\nset-cookie: x=y',
  'half \uD800 a letter \uDC00, none \uFFFE\uFFFF',
  'turned \u202Eround\u2066',
  '\u2028line\u2029',
  '👨‍👩‍👧‍👦'.repeat(20),
  `Z${'\u0301'.repeat(200)}`,
  '日本語のステータス',
  'x'.repeat(4_096),
]
