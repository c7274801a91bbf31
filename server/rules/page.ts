import { reviseSettings, SettingsRefused, settingsNow } from '../../sql/stores/revise.ts'
import type { Settings } from '../../sql/stores/settings.ts'
import type { Answer, PageRoute, Who } from '../route.ts'
import type { Visit } from '../visit.ts'
import { type Act, afterAct, type Block, isList } from './block.ts'
import { givenIn } from './input.ts'
import { shownBlock, type Tried } from './show.ts'

/** A page of a connection's settings: its blocks, each with forms of its own. */
export type RulesPage = {
    /** The last part of its address, and its view under rules/. */
    name: string
    who: Who
    /** Its blocks; those of a connection, where they name something of its stores. */
    blocks: readonly Block[]
    blocksOf?(visit: Visit): Promise<readonly Block[]>
    /** What its view shows besides. */
    more?(visit: Visit, settings: Settings): Promise<object>
}

/** The routes of a page: to look at it, and to save each of its blocks. */
export function routesOf(page: RulesPage): PageRoute[] {
    const path = `/connections/:connection/${page.name}`
    const look: PageRoute = { method: 'get', path, who: page.who, answer: (visit) => show(visit, page, null) }
    const saves = page.blocks.map(
        ({ name, who }): PageRoute => ({
            ...{ method: 'post', path: `${path}/${name}`, who },
            answer: (visit) => save(visit, page, name),
        }),
    )
    return [look, ...saves]
}

async function show(visit: Visit, page: RulesPage, tried: Tried | null): Promise<Answer> {
    const { desk, the, mayAs } = visit
    const connection = the('connection')
    const { settings, settings_at } = await settingsNow(desk.db, connection)
    const blocks = page.blocksOf ? await page.blocksOf(visit) : page.blocks
    const data = {
        ...{ connection, settings_at, tab: page.name, path: pathOf(visit, page) },
        blocks: blocks.map((block) =>
            shownBlock(block, settings, {
                mayChange: mayAs(block.who, connection),
                decides: connection[block.who],
                tried: tried?.block === block.name ? tried : null,
            }),
        ),
        refused: tried ? (blocks.find(({ name }) => name === tried.block) ?? null) : null,
        ...(await page.more?.(visit, settings)),
    }
    return { view: `rules/${page.name}`, data, status: tried ? 422 : 200 }
}

function pathOf({ place, the }: Visit, { name }: RulesPage): string {
    return `${place.path}/connections/${the('connection').connection_id}/${name}`
}

const SAVED = 'Saved. The next run writes what neither a first sync nor a brake holds; "Compare now" shows it first.'
const SAME = 'Nothing was changed: it says the same as before.'

async function save(visit: Visit, page: RulesPage, name: string): Promise<Answer> {
    const { desk, viewer, the } = visit
    const { account_id, connection_id } = the('connection')
    const block = (page.blocksOf ? await page.blocksOf(visit) : page.blocks).find((one) => one.name === name)!
    const [act, given] = [actOf(visit), givenIn(visit, block.inputs)]
    let document: object = {}
    try {
        const whose = { account_id, connection_id, who: viewer.who, seen_at: visit.field('seen_at') || null }
        const isChanged = await reviseSettings(desk.db, { ...whose, part: block.title }, (settings) => {
            document = isList(block) ? afterAct(block, settings, act, given) : block.change(settings, given)
            return document
        })
        return { to: pathOf(visit, page), say: isChanged ? SAVED : SAME }
    } catch (error) {
        if (!(error instanceof SettingsRefused)) throw error
        return show(visit, page, { block: name, act, given, faults: error.faults, document })
    }
}

const ACTS = ['add', 'change', 'remove'] as const

function actOf(visit: Visit): Act {
    const row = /^\d{1,6}$/.test(visit.field('row')) ? Number(visit.field('row')) : -1
    return { kind: ACTS.find((kind) => kind === visit.field('do')) ?? 'change', row }
}
