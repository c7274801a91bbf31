import type { Sandbox } from '../../connectors/sandbox/sandbox.ts'
import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import type { Random } from '../../connectors/sandbox/shop/catalogue/random.ts'
import { CORNER_SHOP, NORTHWIND, single, sized } from '../helpers/cast.ts'
import { offSale, onSale, picture, shirts } from './goods.ts'

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
    return items
        .map((item) => ({ item, place: random.next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ item }) => item)
}

/**
 * What people do at both ends before a run: at the source so much that every kind of call has two things to do at
 * least (but those that gather many in one call), at the destination what a run must leave alone or write over.
 */
export async function editBothEnds(sandbox: Sandbox, random: Random): Promise<void> {
    const number = random.below(1000)
    const at = (shop: string) => (verb: string, body: ActionBody) => sandbox.control(verb, { shop, ...body })
    const chosen = shuffled(shirts, random)
    await editTexts(at(NORTHWIND), chosen, number)
    await renameOptions(sandbox, chosen.slice(2, 4))
    await editVariants(at(NORTHWIND), chosen, number)
    await editPictures(at(NORTHWIND), chosen, number)
    await editRange(at(NORTHWIND), random, number)
    await editDestination(at(CORNER_SHOP), random, number)
}

type At = (verb: string, body: ActionBody) => Promise<unknown>
type Shirts = typeof shirts

async function editTexts(at: At, [a, b, c, d, e]: Shirts, number: number): Promise<void> {
    await at('product.edit', { handle: a!.handle, set: { title: `Fine shirt ${number}`, vendor: 'Southern mills' } })
    await at('product.edit', { handle: b!.handle, set: { seo: { title: `Buy it ${number}`, description: null } } })
    await at('product.edit', { handle: e!.handle, set: { descriptionHtml: `<p>Number ${number}.</p>` } })
    for (const { handle } of [a!, b!, d!]) await at('tag.remove', { handle, tag: 'old' })
    for (const { handle } of [a!, b!, c!]) await at('tag.add', { handle, tag: `new ${number}` })
}

/** No merchant's action does this; a program of theirs can. */
async function renameOptions(sandbox: Sandbox, renamed: Shirts): Promise<void> {
    const shop = sandbox.shops.get(NORTHWIND)!
    for (const { handle } of renamed) {
        const product = [...shop.products.values()].find((it) => it.handle === handle)!
        const [productId, optionId] = [product.id, product.options[0]!.id]
        const query = `mutation { productOptionUpdate(
            productId: "gid://shopify/Product/${productId}"
            option: { id: "gid://shopify/ProductOption/${optionId}", name: "Fit" }
        ) { userErrors { message } } }`
        const answer = await fetch(`${sandbox.originOf(NORTHWIND)}/admin/api/2026-07/graphql.json`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-shopify-access-token': `token-${NORTHWIND}` },
            body: JSON.stringify({ query }),
        })
        const text = await answer.text()
        if (!text.includes('"userErrors":[]')) throw new Error(`Expected an option to be renamed, got ${text}`)
    }
}

async function editVariants(at: At, [a, b, c, d, e]: Shirts, number: number): Promise<void> {
    const priced = [`${a!.stem}-S`, `${b!.stem}-M`, `${e!.stem}-L`]
    for (const sku of priced) await at('variant.edit', { sku, set: { price: `${30 + (number % 20)}.50` } })
    await at('variant.edit', { sku: `${a!.stem}-L`, set: { barcode: String(4006381000000 + number) } })
    await at('variant.edit', { sku: `${c!.stem}-L`, set: { barcode: String(4006382000000 + number) } })
    await at('variant.image', { sku: `${e!.stem}-S`, position: 2 })
    for (const { handle, stem } of [b!, c!]) {
        const fresh = { sku: `${stem}-XL`, price: '31.00', tracked: true, available: 6 + (number % 5) }
        await at('variant.create', { handle, options: ['XL'], ...fresh })
    }
    await at('variant.delete', { sku: `${a!.stem}-M` })
    await at('variant.delete', { sku: `${d!.stem}-M` })
    for (const sku of [`${b!.stem}-S`, `${d!.stem}-L`, `${e!.stem}-M`]) {
        await at('level.set', { sku, available: 20 + (number % 30) })
    }
}

async function editPictures(at: At, [a, b, c, d, e]: Shirts, number: number): Promise<void> {
    await at('image.add', { handle: a!.handle, src: picture(`added-${number}`), alt: `Added ${number}` })
    await at('image.add', { handle: d!.handle, src: picture(`another-${number}`) })
    await at('image.alt', { handle: b!.handle, position: 2, alt: `Seen ${number}` })
    await at('image.alt', { handle: c!.handle, position: 3, alt: 'From behind' })
    await at('image.remove', { handle: c!.handle, position: 1 })
    await at('image.remove', { handle: e!.handle, position: 1 })
    await at('image.move', { handle: b!.handle, position: 1, to: 3 })
    await at('image.move', { handle: d!.handle, position: 2, to: 1 })
}

async function editRange(at: At, random: Random, number: number): Promise<void> {
    const [taken, given] = [shuffled(onSale, random), shuffled(offSale, random)]
    for (const { handle } of taken.slice(0, 2)) await at('product.unpublish', { handle })
    for (const { handle } of given.slice(0, 2)) await at('product.publish', { handle })
    await at('product.edit', { handle: given[2]!.handle, set: { status: 'DRAFT' } })
    await at('level.set', { sku: given[0]!.sku, available: number % 7 })
    const pictures = ['front', 'back'].map((side) => picture(`pot-${number}-${side}`))
    await at('product.create', single('Teapot 1', `POT-${number}`, { images: pictures }))
    await at('product.create', sized(`Coat ${number}`, `COAT-${number}`, ['S', 'M'], { images: pictures.slice(0, 1) }))
    await at('product.create', single(`Bowl ${number}`, `BOWL-${number}`, { status: 'DRAFT', published: false }))
}

/** Texts, a figure, a tag and a picture of the corner shop's own, pictures taken away, and a product that is nobody else's. */
async function editDestination(at: At, random: Random, number: number): Promise<void> {
    const [a, b, c, d] = shuffled(shirts, random)
    const [lamp, vase] = shuffled(onSale, random)
    await at('product.edit', { sku: `${a!.stem}-S`, set: { productType: `Ours ${number}` } })
    await at('tag.add', { sku: `${b!.stem}-S`, tag: 'corner' })
    await at('image.add', { sku: vase!.sku, src: picture(`corner-${number}`), alt: 'Our own' })
    for (const { stem } of [c!, d!]) await at('image.remove', { sku: `${stem}-S`, position: 2 })
    await at('image.remove', { sku: lamp!.sku, position: 1 })
    await at('level.set', { sku: lamp!.sku, available: 2, location: 'Annex' })
    await at('product.create', single(`Corner piece ${number}`, `CORNER-${number}`))
}
