import type { PageRoute } from '../route.ts'

/** The guides, in the order in which people need them (spec row 150). */
const GUIDES = [
    ['source', 'For a source', 'You have the products and the stock, and others sell them.'],
    ['destination', 'For a destination', 'You sell what a source has.'],
    ['orders', 'Orders', 'How a sale reaches the source, and what comes back.'],
    ['reports', 'Reports', 'What to look at, and when.'],
    ['mistakes', 'Common mistakes', 'What goes wrong most often, and how not to.'],
    ['questions', 'Closing questions', 'What to agree on before the first night.'],
] as const

type Guide = (typeof GUIDES)[number][0]

export const helpPages: readonly PageRoute[] = [pageOf(null), ...GUIDES.map(([name]) => pageOf(name))]

function pageOf(open: Guide | null): PageRoute {
    return {
        method: 'get',
        path: open === null ? '/help' : `/help/${open}`,
        who: 'people',
        async answer({ place }) {
            const guides = GUIDES.map(([name, title, about]) => ({
                ...{ name, title, about, isOpen: name === open, to: `${place.path}/help/${name}` },
            }))
            const own = place.store?.role ?? null
            const next = guides[guides.findIndex(({ isOpen }) => isOpen) + 1] ?? null
            const title = guides.find(({ isOpen }) => isOpen)?.title ?? 'Help'
            return { view: open === null ? 'help/index' : `help/${open}`, data: { guides, own, next, title } }
        },
    }
}
