/** Where a process changes from one way of working to another. */
export type Limits = {
    /** More calls of one kind than this are sent as a bulk mutation, not one by one. */
    bulkFrom: number
}

/**
 * A full bucket of a Standard plan (2,000 points, 100 a second) holds about so many creations. Measured against the
 * sandbox: 80 of them took 3.7 s one by one, 140 took 11 s, and 170 as a bulk mutation 0.7 s.
 */
export const limits: Limits = { bulkFrom: 80 }

/** The limits of this process, from CROSSDOCK_BULK_FROM where it is set. Throws where that is no number from 0 up. */
export function limitsFrom({ CROSSDOCK_BULK_FROM: bulkFrom }: NodeJS.ProcessEnv): Limits {
    if (bulkFrom === undefined || bulkFrom === '') return limits
    if (/^\d{1,9}$/.test(bulkFrom)) return { ...limits, bulkFrom: Number(bulkFrom) }
    throw new Error(`CROSSDOCK_BULK_FROM: expected how many calls are sent one by one, such as 150, got "${bulkFrom}".`)
}
