import { NORTHWIND, type Talk } from './sandbox.ts'

export type UserErrors = { field: string[] | null; message: string; code?: string | null }[]

export type ShownVariant = {
    id: string
    title: string
    sku: string | null
    price: string
    inventoryItem: { id: string; tracked: boolean }
}
export type ShownProduct = {
    id: string
    title: string
    handle: string
    status: string
    tags: string[]
    descriptionHtml: string
    updatedAt: string
    options: { id: string; name: string; values: string[]; optionValues: { id: string; name: string }[] }[]
    variants: { nodes: ShownVariant[] }
    media: { nodes: { id: string; alt: string; status: string; image?: { url: string } | null }[] }
    metafields: { nodes: { namespace: string; key: string; value: string }[] }
}

export const PRODUCT = `id title handle status tags descriptionHtml updatedAt
    options { id name values optionValues { id name } }
    variants(first: 100) { nodes { id title sku price inventoryItem { id tracked } } }
    media(first: 20) { nodes { id alt status ... on MediaImage { image { url } } } }
    metafields(first: 20) { nodes { namespace key value } }`

/** The answer's data; throws if there are top-level errors. */
export async function dataOf<Data>(
    { ask }: Talk,
    query: string,
    variables: object = {},
    shop = NORTHWIND,
): Promise<Data> {
    const { body } = await ask(query, variables, { shop })
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return body.data as Data
}

export type SetAnswer = {
    product: ShownProduct | null
    productSetOperation: { id: string; status: string } | null
    userErrors: UserErrors
}

const SET = `mutation Set($identifier: ProductSetIdentifiers, $input: ProductSetInput!, $synchronous: Boolean!) {
    productSet(identifier: $identifier, input: $input, synchronous: $synchronous) {
        product { ${PRODUCT} }
        productSetOperation { id status }
        userErrors { field message code }
    }
}`

export async function setProduct(talk: Talk, input: object, more: object = {}): Promise<SetAnswer> {
    const variables = { input, synchronous: true, ...more }
    return (await dataOf<{ productSet: SetAnswer }>(talk, SET, variables)).productSet
}

/** A product as it is set, which must be there. */
export async function madeProduct(talk: Talk, input: object): Promise<ShownProduct> {
    const { product, userErrors } = await setProduct(talk, input)
    if (!product) throw new Error(JSON.stringify(userErrors))
    return product
}

export async function readProduct(talk: Talk, id: string): Promise<ShownProduct | null> {
    const { product } = await dataOf<{ product: ShownProduct | null }>(
        talk,
        `query Read($id: ID!) { product(id: $id) { ${PRODUCT} } }`,
        { id },
    )
    return product
}

/** A product's input with one option Color and a variant for each colour, its SKU the title and the colour. */
export function inColours(title: string, ...colours: string[]) {
    return {
        title,
        productOptions: [{ name: 'Color', values: colours.map((name) => ({ name })) }],
        variants: colours.map((name) => ({
            optionValues: [{ optionName: 'Color', name }],
            sku: `${title}-${name}`,
            price: '10',
            inventoryItem: { tracked: true },
        })),
    }
}

export type Quantity = {
    inventoryItemId: string
    locationId: string
    quantity: number
    changeFromQuantity: number | null
}
export type SetQuantities = {
    inventoryAdjustmentGroup: { changes: { name: string; delta: number }[] } | null
    userErrors: UserErrors
}

const QUANTITIES = `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) {
        inventoryAdjustmentGroup { changes { name delta } }
        userErrors { field message code }
    }
}`
let keys = 0

export async function setQuantities(talk: Talk, quantities: Quantity[], name = 'available'): Promise<SetQuantities> {
    keys += 1
    const variables = { key: `test-key-${keys}`, input: { name, reason: 'correction', quantities } }
    const answer = await dataOf<{ inventorySetQuantities: SetQuantities }>(talk, QUANTITIES, variables)
    return answer.inventorySetQuantities
}

export async function locationsOf(talk: Talk): Promise<{ id: string; name: string }[]> {
    const answer = await dataOf<{ locations: { nodes: { id: string; name: string }[] } }>(
        talk,
        '{ locations(first: 10) { nodes { id name } } }',
    )
    return answer.locations.nodes
}

/** Available units of an item, by name of the location where it is stocked. */
export async function stockOf(talk: Talk, inventoryItemId: string): Promise<Record<string, number>> {
    type Level = { location: { name: string }; quantities: { quantity: number }[] }
    const answer = await dataOf<{ inventoryItem: { inventoryLevels: { nodes: Level[] } } }>(
        talk,
        `query Stock($id: ID!) { inventoryItem(id: $id) {
            inventoryLevels(first: 10) { nodes { location { name } quantities(names: ["available"]) { quantity } } }
        } }`,
        { id: inventoryItemId },
    )
    const levels = answer.inventoryItem.inventoryLevels.nodes
    return Object.fromEntries(levels.map(({ location, quantities }) => [location.name, quantities[0]!.quantity]))
}
