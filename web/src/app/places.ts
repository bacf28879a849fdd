/** Whether the page belongs to a place of the navigation: the list is at `/`, its monitors below `/monitors`. */
export function isPlace(place: string, path: string): boolean {
  if (place === '/') return path === '/' || path.startsWith('/monitors')
  const [, room = ''] = place.split('/')
  return path.startsWith(`/${room}/`) || path === `/${room}`
}
