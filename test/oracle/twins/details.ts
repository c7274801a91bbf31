import type { FullLine, FullOrder } from './full_order.ts'
import type { Note } from './judge.ts'
import { pairsIn, type Twins } from './pairs.ts'

const LONGEST_TAG = 40

/** By what the twin shows which order it stands for (rules 60, 61), and what of the buyer's words travels (rule 71). */
export function judgeDetails(twins: Twins, differ: Note): void {
    judgeMarks(twins, differ)
    judgeWords(twins, differ)
    judgePeople(twins, differ)
}

function judgeMarks({ sharer, order, twin }: Twins, differ: Note): void {
    const { push } = sharer.connection.settings
    const store = sharer.destination.shop.domain
    const shipping = order.shippingLines[0]?.title ?? ''
    if (push.marks.includes('tags')) {
        for (const pattern of push.tags) {
            const tag = pattern
                .replaceAll('{store}', store)
                .replaceAll('{name}', order.name)
                .replaceAll('{shipping}', shipping)
                .trim()
            if (tag !== '' && !has(twin, tag))
                differ('marks', `${tag} as a tag, or in its attributes`, twin.tags.join())
        }
    }
    if (push.marks.includes('note')) {
        const isSaid = /tax/i.test(twin.note ?? '')
        if (!isSaid) differ('note', 'says whether prices include tax (rule 61)', twin.note)
        const isDenied = /\bnot\b[^.\n]*\btax/i.test(twin.note ?? '')
        if (isSaid) differ('note says that prices include tax', order.taxesIncluded, !isDenied)
    }
    const long = twin.tags.filter((tag) => tag.length > LONGEST_TAG)
    differ('tags longer than 40 characters (rule 60)', '', long.join())
}

/** As a tag, or where it is too long for one in an attribute. */
const has = ({ tags, customAttributes }: FullOrder, tag: string) =>
    tag.length > LONGEST_TAG
        ? customAttributes.some(({ value }) => value?.includes(tag))
        : tags.some((it) => it.toLowerCase() === tag.toLowerCase())

function judgeWords(twins: Twins, differ: Note): void {
    const { order, twin } = twins
    const travels = travelsOf(twins)
    if (order.note) differ('the note travels', travels('note'), (twin.note ?? '').includes(order.note))
    for (const tag of order.tags) {
        const isOurs = twins.sharer.connection.settings.push.tags.includes(tag)
        if (!isOurs) differ(`tag ${tag} travels`, travels('tags'), has(twin, tag))
    }
    for (const { key, value } of order.customAttributes) {
        const there = twin.customAttributes.some((it) => it.key === key && it.value === value)
        differ(`attribute ${key} travels`, travels('attributes'), there)
    }
    for (const { line, parts } of pairsIn(twins)) {
        for (const part of parts) judgeProperties(line, part, travels('properties'), differ)
    }
}

function judgeProperties(line: FullLine, part: FullLine, travel: boolean, differ: Note): void {
    for (const { key, value } of line.customAttributes) {
        const there = part.customAttributes.some((it) => it.key === key && it.value === value)
        differ(`property ${key} of ${line.sku} travels`, travel, there)
    }
}

function judgePeople(twins: Twins, differ: Note): void {
    const { order, twin, sharer } = twins
    const travels = travelsOf(twins)
    differ('phone', travels('phone') ? order.phone : null, twin.phone)
    for (const [detail, field] of [
        ['shipping_address', 'shippingAddress'],
        ['billing_address', 'billingAddress'],
    ] as const) {
        const given = travels(detail) ? order[field] : null
        // a shop may take the other address where it is given none
        if (given === null && twin[field] !== null && travels('shipping_address')) continue
        differ(field, shownAddress(given), shownAddress(twin[field]))
    }
    const { contact } = sharer.connection.settings.push
    const mail = { none: null, buyer: travels('email') ? order.email : null }
    if (contact === 'none' || contact === 'buyer') differ('e-mail', mail[contact], twin.email)
    else if (contact !== 'destination') differ('e-mail', contact, twin.email)
    const isNamed = JSON.stringify([twin.note, twin.tags, twin.customAttributes]).includes(order.email ?? '\u0000')
    if (!travels('email') && contact !== 'buyer') differ('the buyer’s e-mail travels', false, isNamed)
}

const travelsOf =
    ({ sharer }: Twins) =>
    (detail: string) =>
        sharer.connection.settings.order_details.includes(detail)

const shownAddress = (address: FullOrder['shippingAddress']): string | null =>
    address &&
    ['firstName', 'lastName', 'company', 'address1', 'city', 'zip', 'countryCode'].map((it) => address[it]).join()
