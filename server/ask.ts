import { requestRun } from '../sql/runs/requests.ts'
import type { JsonObject } from '../sql/runs/runs.ts'
import type { Visit } from './visit.ts'

/** Asks for a run on behalf of whoever is signed in; a worker takes it. Returns its id, also where it, or its like, waits already. */
export async function askForRun(
    { desk, place, viewer }: Pick<Visit, 'desk' | 'place' | 'viewer'>,
    job: string,
    args: JsonObject,
): Promise<string | null> {
    const request = { account_id: place.account_id, job, arguments: args, reason: 'person' as const, who: viewer.who }
    return (await requestRun(desk.db, request))?.run_id ?? null
}
