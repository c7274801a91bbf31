import { reports } from '../../../reports/index.ts'
import { addressesOf } from '../../server/subjects.ts'

/** Whose place it is; null: the whole account's. */
type Role = 'source' | 'destination' | null

/** What of the large store the pages are about. */
const ABOUT = {
    ...{ connection: '1', set: '1', run: '1', order: '77', product: '1000077', upload: '1' },
    ...{ member: 'corner-shop.example', join: '1', key: '1' },
}

/** Files, which stream for as long as they are, and addresses that only lead on to another. */
const NO_PAGE = /\/(download|template|result)\b|^\/(products|orders|uploads)$/

/** Pages as they are searched, filtered and paged, by the page. */
const FURTHER: { readonly [page: string]: readonly string[] } = {
    '': ['?range=90'],
    '/changes/1': ['?search=SKU-77', '?status=held', '?entity=variant&field=price'],
    '/connections/1/products': [
        ...['?search=abc', '?search=SKU-77-1', '?search=nothing+has+this', '?state=not_linked', '?state=linked'],
        ...['?state=partly', '?state=problem', '?state=changes_wait', '?state=not_compared'],
        '?search=abc&state=not_linked',
    ],
    '/connections/1/orders': ['?state=not_pushed', '?search=99'],
    '/activity': ['?kind=decisions'],
    '/connections/1/fields': ['?sku=SKU-77-1'],
    '/connections/1/fields/winner': ['?sku=SKU-77-1'],
    '/connections/1/push': ['?product=1000077', '?all=yes'],
    '/connections/1/prices': ['?sku=SKU-77-1'],
    '/connections/1/prices/example': ['?sku=SKU-77-1'],
    '/connections/1/uploads/1': ['?result=error'],
}

/** Every page of a place, below its own address. */
export function addressesFor(role: Role): string[] {
    const pages = addressesOf(ABOUT)
        .filter(({ method, to }) => method === 'get' && !NO_PAGE.test(to))
        .filter(({ who, report }) => isFor(role, who) && (report === null || isShown(role, report)))
        .map(({ to }) => to)
        .filter((to) => !(role === null && to === '/access'))
    return pages.flatMap((page) => [page, ...(FURTHER[page] ?? []).map((query) => `${page}${query}`)])
}

function isFor(role: Role, who: string): boolean {
    return role === null || who === 'people' || who === role
}

function isShown(role: Role, report: string): boolean {
    return role === null || reports.find(({ name }) => name === report)!.seenBy.includes(role)
}
