import { useMonaco } from '@graphiql/react'
import { useEffect } from 'react'

interface Palette {
  base: 'vs' | 'vs-dark'
  ground: string
  raised: string
  accent: string
  text: string
  argument: string
  lineNumber: string
  number: string
}

const PALETTES: Record<'graphiql-LIGHT' | 'graphiql-DARK', Palette> = {
  'graphiql-LIGHT': {
    base: 'vs',
    ground: '#ffffff00',
    raised: '#ffffff',
    accent: '#047857',
    text: '#0f172a',
    argument: '5b3fae',
    lineNumber: '#5f6c80',
    number: '046049',
  },
  'graphiql-DARK': {
    base: 'vs-dark',
    ground: '#ffffff00',
    raised: '#141922',
    accent: '#10b981',
    text: '#e8ecf2',
    argument: 'b4a5f5',
    lineNumber: '#8290a3',
    number: 'b5cea8',
  },
}

/** Gives the editor's two themes the app's colours, once the editor is there. */
export function useEditorTheme(): void {
  const monaco = useMonaco((state) => state.monaco)
  useEffect(() => {
    for (const [name, palette] of Object.entries(PALETTES)) {
      monaco?.editor.defineTheme(name, {
        base: palette.base,
        inherit: true,
        rules: [
          { token: 'argument.identifier.gql', foreground: palette.argument },
          { token: 'number', foreground: palette.number },
        ],
        colors: colorsOf(palette),
      })
    }
  }, [monaco])
}

function colorsOf({ ground, raised, accent, text, lineNumber }: Palette): Record<string, string> {
  const soft = `${accent}26`
  return {
    'editor.background': ground,
    'editor.lineHighlightBackground': ground,
    'scrollbar.shadow': ground,
    'editorLineNumber.foreground': lineNumber,
    'editorWidget.background': raised,
    'editorHoverWidget.background': raised,
    'editorSuggestWidget.background': raised,
    'editorSuggestWidget.selectedBackground': soft,
    'editorSuggestWidget.selectedForeground': text,
    'editorSuggestWidget.highlightForeground': accent,
    'editorSuggestWidget.focusHighlightForeground': accent,
    'quickInput.background': raised,
    'quickInputList.focusBackground': soft,
    'quickInputList.focusForeground': text,
    'list.hoverBackground': soft,
    'list.highlightForeground': accent,
    'menu.background': raised,
    'menu.selectionBackground': soft,
    'menu.selectionForeground': text,
    'textLink.foreground': accent,
    'textLink.activeForeground': accent,
    focusBorder: accent,
    highlight: accent,
  }
}
