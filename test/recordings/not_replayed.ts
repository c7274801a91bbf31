/** Recordings that are not replayed, each with its own reason; the replay fails on one that is neither here nor played. */
export const notReplayed: Readonly<Record<string, string>> = {}
