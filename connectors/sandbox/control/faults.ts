import { textIn, type Verb } from './body.ts'

/**
 * Orders a fault for requests to come: `{kind, shop?, name?, contains?, skip?, times?, seconds?, status?}`; which kinds
 * there are, faults.ts lists.
 */
const next: Verb = ({ faults }, { verb: _verb, ...wish }) => {
    const kind = textIn(wish, 'kind')
    if (kind === undefined) throw new Error('fail.next: expected a kind, such as bad_gateway; got none')
    return { id: faults.order({ ...wish, kind }) }
}

export const faultVerbs: Readonly<Record<string, Verb>> = {
    'fail.next': next,
    'fail.clear': ({ faults }) => {
        faults.clear()
        return { cleared: true }
    },
    /**
     * `{drop?, late?: true}`: dropped, held requests get no answer, and those held before they were carried out never are.
     * Late requests are carried out at once, unless `late` is false.
     */
    'fail.release': async ({ faults }, { drop, late }) => {
        if (late !== false) await faults.carryOutLate(Number.POSITIVE_INFINITY)
        return { released: faults.release({ drop: drop === true }) }
    },
    'fail.status': ({ faults }) => faults.status(),
}
