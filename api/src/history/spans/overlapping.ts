/** SQL expressions of the outer query. */
interface Outer {
  workspace: string
  monitor: string
  /** A moment; spans that last until it or begin later are joined. */
  since: string
  /** Only spans that begin before it. */
  until?: string
  /** `<` takes the span that ends at `since` along. */
  first?: '<=' | '<'
}

/**
 * Joins the spans of a monitor as `s`. Two index scans a monitor: the last span that begins before the moment, then
 * all from there on. `offset 0` keeps the planner from reading all spans of all monitors at once instead.
 */
export const joinSpans = ({ workspace, monitor, since, until, first = '<=' }: Outer): string => `
  left join lateral (
    select p.from_at from state_span p
     where p.workspace_id = ${workspace} and p.monitor_id = ${monitor}
       and p.from_at ${first} ${since}
     order by p.from_at desc limit 1
  ) f on true
 cross join lateral (
   select o.from_at, o.to_at, o.status, o.reason from state_span o
    where o.workspace_id = ${workspace} and o.monitor_id = ${monitor}
      and o.from_at >= coalesce(f.from_at, ${since}, '-infinity')
      ${until ? `and o.from_at < ${until}` : ''}
    order by o.from_at offset 0
 ) s`
