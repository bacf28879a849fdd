/** What a colour token is at present, as the canvas understands it. `light-dark()` needs an element to resolve. */
export function tokenColor(host: HTMLElement, token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--color-${token})`
  probe.hidden = true
  host.append(probe)
  const color = getComputedStyle(probe).color
  probe.remove()
  return color
}

/** The same colour, see-through. Not by mixing with `transparent`: a gradient would then pass through grey. */
export function fade(color: string, alpha: number): string {
  const channels = /^rgb\(([^)/]+)\)$/.exec(color)?.[1]
  return channels ? `rgba(${channels}, ${alpha})` : color
}
