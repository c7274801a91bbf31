import type { LocationLink, LocationRow } from '../../sql/stores/location_links.ts'
import { type Block, type List, type Row, type Section, section } from './block.ts'
import { priorityOf } from './fields.ts'
import { choicesOf, type Given, type Input } from './input.ts'
import { ORDER, priority, reach, scopeInputs } from './scoped.ts'

/** The locations at both ends, and how they are linked now. */
export type Ends = {
    source: readonly LocationRow[]
    destination: readonly LocationRow[]
    links: readonly LocationLink[]
}

const MODES = choicesOf({ mirror: 'shows what this one has', sum_into: 'adds up several of the source' })

const nameOf = ({ name, active }: LocationRow) => (active ? name : `${name} (inactive)`)

/** What is said of each location of the source: where its stock goes, how, and before which others. */
export const columnsOf = (id: string) => ({ to: `to.${id}`, mode: `mode.${id}`, priority: `priority.${id}` })

function inputsFor({ source, destination }: Ends): Input[] {
    const targets = destination.map((place) => ({ value: place.location_id, label: nameOf(place) }))
    return source.flatMap((place): Input[] => {
        const { to, mode, priority: first } = columnsOf(place.location_id)
        return [
            {
                ...{ name: to, label: `${nameOf(place)} goes to`, kind: 'choice' },
                choices: [{ value: '', label: 'nowhere' }, ...targets],
            },
            { name: mode, label: `${nameOf(place)}: how`, kind: 'choice', choices: MODES },
            { name: first, label: `${nameOf(place)}: priority`, kind: 'whole' },
        ]
    })
}

/** Which location feeds which (rule 26). */
const links = (ends: Ends): Section => ({
    name: 'links',
    title: 'Which location feeds which',
    about:
        'Each location of the source feeds one of yours, or none. Several may be added up into one of yours; a sale there is ' +
        'then taken from the first by priority that has units left.',
    who: 'destination',
    inputs: inputsFor(ends),
    values: () => valuesOf(ends),
    change: (settings, given) => ({ ...settings, locations: chosen(ends, given) }),
    // The settings list only the locations that feed one: their faults are told by place.
    inputAt: (at, document) => {
        const [, place] = /^locations\.(\d+)/.exec(at) ?? []
        const row = place === undefined ? undefined : (document as { locations: Row[] }).locations[Number(place)]
        return row ? columnsOf(String(row.source)).to : null
    },
})

function valuesOf({ source, links: now }: Ends): Given {
    const entries = source.flatMap(({ location_id }) => {
        const link = now.find((one) => one.source_location_id === location_id)
        const { to, mode, priority: first } = columnsOf(location_id)
        return [
            [to, link?.destination_location_id ?? ''],
            [mode, link?.mode ?? 'mirror'],
            [first, link?.priority ?? 0],
        ]
    })
    return Object.fromEntries(entries)
}

function chosen({ source }: Ends, given: Given): Row[] {
    return source.flatMap(({ location_id }) => {
        const { to, mode, priority: first } = columnsOf(location_id)
        const destination = given[to]
        if (destination === undefined) return []
        return [{ source: location_id, destination, mode: given[mode], priority: given[first] ?? 0 }]
    })
}

const left = section({
    name: 'left',
    title: 'A location that is linked no more',
    about: 'When you take a link away or point it elsewhere. The next run does it, like any other change of stock.',
    who: 'destination',
    inputs: [
        {
            name: 'left_locations',
            label: 'Its figures',
            kind: 'choice',
            choices: choicesOf({ leave: 'stay as they are', zero: 'are set to zero' }),
        },
    ],
})

const buffers: List = {
    name: 'buffers',
    title: 'Buffers',
    about: `Units that are kept back from you, so that the last ones are not sold twice. ${ORDER}`,
    who: 'destination',
    path: 'buffers',
    one: 'buffer',
    inputs: [
        { name: 'units', label: 'Keep back, units', kind: 'whole' },
        {
            name: 'percent',
            label: 'Or this percent of what there is',
            kind: 'decimal',
            help: 'The larger of the two counts.',
        },
        { name: 'zero_below', label: 'Show none below', kind: 'whole', help: 'A figure under this is shown as 0.' },
        ...scopeInputs,
        priority,
    ],
    says: bufferInWords,
    empty: 'Nothing is kept back: you show all that the source has.',
    fresh: { units: 1, percent: '0', zero_below: 0, scope: 'all', scope_value: '', priority: 0 },
}

function bufferInWords(row: Row): string {
    const parts = [
        row.units === 0 ? null : `${row.units} kept back`,
        Number(row.percent) === 0 ? null : `${row.percent} % kept back`,
        row.zero_below === 0 ? null : `none shown below ${row.zero_below}`,
    ].filter((part) => part !== null)
    return `${parts.join(', ') || 'nothing kept back'}, for ${reach(row)}${priorityOf(row)}`
}

export function locationBlocks(ends: Ends): readonly Block[] {
    return [links(ends), left, buffers]
}
