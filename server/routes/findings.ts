import { ignore } from '../../sql/health/ignore.ts'
import { chosenIds } from '../list.ts'
import type { Answer, PageRoute } from '../route.ts'

const DAYS = ['0', '30', '365'] as const

/** Puts findings of SKU health aside for a while, or takes that back. They are not solved by it: they are listed last. */
export const ignoreFindings: PageRoute = {
    method: 'post',
    path: '/connections/:connection/findings',
    who: 'people',
    async answer(visit): Promise<Answer> {
        const { desk, place, viewer, the } = visit
        const connection = the('connection')
        const to = `${place.path}/connections/${connection.connection_id}/reports/sku-health`
        const findings = chosenIds(visit, 'finding')
        const days = DAYS.find((one) => one === visit.field('days'))
        if (findings.length === 0 || !days) {
            return { to, say: 'Choose findings first: nothing was done.', isFault: true }
        }
        const number = await ignore(desk.db, connection, { who: viewer.who, findings, days: Number(days) })
        const what = days === '0' ? 'looked at again' : `ignored for ${days} days`
        return { to, say: `${number} ${number === 1 ? 'finding' : 'findings'}: ${what}.` }
    },
}
