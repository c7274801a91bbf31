import type { Fault } from '../../sql/stores/revise.ts'
import type { Settings } from '../../sql/stores/settings.ts'
import { type Act, type Block, isList, type List, type Row, rowsOf, type Section } from './block.ts'
import { type Given, shownInput } from './input.ts'

/** What somebody sent and was refused. */
export type Tried = { block: string; act: Act; given: Given; faults: readonly Fault[]; document: object }

type About = { mayChange: boolean; decides: string; tried: Tried | null }

/** A block as its view takes it: with what was tried, and what is wrong with it, where it was refused. */
export function shownBlock(block: Block, settings: Settings, about: About) {
    const { name, title, about: text, who } = block
    const { mayChange, decides } = about
    const common = { ...{ name, title, who, mayChange, decides }, about: text, isList: isList(block) }
    return isList(block)
        ? { ...common, ...shownList(block, settings, about) }
        : { ...common, ...shownSection(block, settings, about) }
}

function shownSection(block: Section, settings: Settings, { tried }: About) {
    const values = tried ? { ...block.values(settings), ...tried.given } : block.values(settings)
    const inputAt = (at: string) => block.inputAt?.(at, tried?.document ?? {}) ?? at
    return { form: shownForm(block, block.name, values, tried?.faults ?? [], inputAt) }
}

function shownList(block: List, settings: Settings, { tried }: About) {
    const rows = rowsOf(block, settings)
    // Its place among all rows is what a form names.
    const shown = rows.flatMap((row, place) => (block.isQuiet?.(row) ? [] : [shownRow(block, row, place, tried)]))
    const added = tried?.act.kind === 'add' ? tried : null
    const form = shownForm(
        block,
        `${block.name}_new`,
        added?.given ?? block.fresh,
        added?.faults ?? [],
        columnAt(block),
    )
    return { ...{ rows: shown, one: block.one, empty: block.empty, add: form }, isAdding: added !== null }
}

function shownRow(block: List, row: Row, place: number, tried: Tried | null) {
    const own = tried && tried.act.kind !== 'add' && tried.act.row === place ? tried : null
    const values = own ? { ...row, ...own.given } : row
    const form = shownForm(block, `${block.name}_${place}`, values, own?.faults ?? [], columnAt(block))
    return { ...{ place, form }, says: block.says(row), isOpen: own !== null }
}

/** `price_rules.2.percent` → `percent`. */
function columnAt({ path }: List) {
    return (at: string) => (at.startsWith(`${path}.`) ? (at.slice(path.length + 1).split('.')[1] ?? at) : at)
}

/** A form with its inputs; a fault that none of them has is told above them. */
function shownForm(
    { inputs }: Block,
    form: string,
    values: Given,
    faults: readonly Fault[],
    inputAt: (at: string) => string,
) {
    const placed = faults.map(({ at, text }) => ({ at: inputAt(at).split('.'), text }))
    const isFor = (name: string, at: string[]) => at.join('.') === name || at.slice(0, -1).join('.') === name
    const faultOf = (name: string) => placed.find(({ at }) => isFor(name, at))?.text ?? null
    const unplaced = placed.filter(({ at }) => !inputs.some(({ name }) => isFor(name, at)))
    return {
        id: form,
        inputs: inputs.map((input) => shownInput(form, input, values[input.name], faultOf(input.name))),
        faults: unplaced.map(({ text }) => text),
        hasFault: faults.length > 0,
    }
}
