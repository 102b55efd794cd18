/** Where a page of a list by time ended: the moment and the id of what stood last on it. */
export type Place = { at: Date; id: number }
