/**
 * Of a newsletter `n`, joined by `newsletterHours`: whether its hours are on, in its zone; past midnight where they end before
 * they begin. One that is gone keeps none.
 */
export const openNow = `(n.sends_from is null or case when n.sends_from < n.sends_until
    then t.wall >= n.sends_from and t.wall < n.sends_until
    else t.wall >= n.sends_from or t.wall < n.sends_until end)`

/** Joins a newsletter, by the expression of its id, with the time on its wall. */
export const newsletterHours = (id: string): string => `left join newsletters n on n.id = ${id}
  cross join lateral (select (now() at time zone coalesce(n.time_zone, 'UTC'))::time as wall) as t`
