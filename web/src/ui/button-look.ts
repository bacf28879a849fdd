export type ButtonTone = 'accent' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md'

const BASE =
  'inline-flex select-none items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-50 aria-disabled:opacity-70'

const TONES: Record<ButtonTone, string> = {
  accent: 'border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  plain: 'border-edge bg-card text-text not-disabled:hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-sunken hover:text-text',
  danger: 'border-transparent bg-danger-fill text-white hover:brightness-110',
}
const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2 text-sm max-md:h-9 max-md:px-3',
  md: 'h-8 gap-2 px-3 text-base max-md:h-10 max-md:px-4',
}
const ICON_SIZES: Record<ButtonSize, string> = {
  sm: 'size-7 max-md:size-9',
  md: 'size-8 max-md:size-10',
}

export function buttonLook(tone: ButtonTone, size: ButtonSize, isIcon = false): string {
  return `${BASE} ${TONES[tone]} ${isIcon ? ICON_SIZES[size] : SIZES[size]}`
}
