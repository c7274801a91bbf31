import { randomUUID } from 'node:crypto'
import type { Context, Resolvers } from '../context.ts'
import { gid } from '../shop/gids.ts'
import type { Job } from '../shop/state.ts'

/** Notes a background job. Its work is done; it says so after as many reads as the shop's setting wants. */
export function newJob({ shop }: Context): Job {
    const job: Job = { __typename: 'Job', id: gid('Job', randomUUID()), readsLeft: shop.settings.operationReads }
    shop.jobs.set(job.id, job)
    return job
}

export const resolvers: Resolvers = {
    QueryRoot: {
        job: (_: unknown, { id }: { id: string }, { shop }: Context) => {
            const job = shop.jobs.get(id)
            if (!job) return null
            job.readsLeft -= 1
            return job
        },
    },
    Job: {
        done: ({ readsLeft }: Job) => readsLeft <= 0,
        query: () => ({}),
    },
}
