import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import type { Desk } from '../../jobs/commands/command.ts'
import { sandbox } from '../../jobs/commands/sandbox.ts'

type Opened = { shops: { domain: string; origin: string; token: string }[] }

test('the sandbox says the origin and the token of each shop, which let us in', async () => {
    const [said, end] = [[] as string[], new AbortController()]
    const statuses: Promise<number>[] = []
    const unused = async () => assert.fail('nothing of the database is needed')
    const desk: Desk = {
        ...{ json: true, verbose: false, log: pino({ level: 'silent' }), who: 'ann', signal: end.signal },
        ...{ db: unused, host: unused, account: unused, say: (line) => said.push(line) },
        ready({ json }) {
            statuses.push(...(json as Opened).shops.map(enter))
            void Promise.allSettled(statuses).then(() => end.abort())
        },
    }
    await sandbox.run({ port: '0' }, desk)
    assert.deepEqual(await Promise.all(statuses), [200, 200])
    assert.match(said[0]!, /^northwind\.example at http:\S+, token token-northwind\.example$/)
})

async function enter({ origin, token }: Opened['shops'][number]): Promise<number> {
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token }
    const body = JSON.stringify({ query: '{ shop { name } }' })
    const answer = await fetch(`${origin}/admin/api/2026-07/graphql.json`, { method: 'POST', headers, body })
    await answer.text()
    return answer.status
}
