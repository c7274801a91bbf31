import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'

/** The named shops of stories: one source, three destinations, and a second source. */
export const NORTHWIND = 'northwind.example'
export const CORNER_SHOP = 'corner-shop.example'
export const MARKET_STALL = 'market-stall.example'
export const OUTLET = 'outlet.example'
export const SOUTHWIND = 'southwind.example'

export const currencies: Readonly<Record<string, string>> = {
    [NORTHWIND]: 'USD',
    [CORNER_SHOP]: 'GBP',
    [MARKET_STALL]: 'EUR',
    [OUTLET]: 'USD',
    [SOUTHWIND]: 'USD',
}

export const rates = [
    { from: 'USD', to: 'GBP', rate: '0.8' },
    { from: 'USD', to: 'EUR', rate: '0.9' },
]

/** Where a buyer lives. */
export const home = {
    ...{ firstName: 'Ada', lastName: 'Byron', address1: '1 Mill Lane', city: 'London', zip: 'N1 1AA' },
    countryCode: 'GB',
}

/** A product of one variant as its merchant enters it; what is not said is plain. */
export function single(
    title: string,
    sku: string | null,
    more: ActionBody & { variant?: ActionBody } = {},
): ActionBody {
    const { variant, ...product } = more
    const plain = { sku, price: '10.00', tracked: true, available: 15 }
    return { title, vendor: 'Northwind', published: true, variants: [{ ...plain, ...variant }], ...product }
}

/** A product in sizes: one variant and SKU each, `TEE-S`. */
export function sized(title: string, stem: string, sizes: string[], more: ActionBody = {}): ActionBody {
    const variants = sizes.map((size, index) => ({
        ...{ sku: `${stem}-${size}`, options: [size], price: `${20 + index}.00`, compareAtPrice: `${25 + index}.00` },
        ...{ cost: '8.00', tracked: true, available: 5 + index, weight: { value: 0.35, unit: 'KILOGRAMS' } },
    }))
    const texts = { vendor: 'Northwind', productType: 'Shirts', descriptionHtml: `<p>A ${title}.</p>` }
    const seo = { title: `${title} | Buy`, description: null }
    return { title, ...texts, seo, tags: ['summer'], options: ['Size'], variants, published: true, ...more }
}

const pictures = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `https://pictures.example/${name}-${index + 1}.jpg`)

/** A dozen products, each with a character of its own. */
export const dozen: readonly ActionBody[] = [
    single('Mug', 'MUG-1', { images: pictures('mug', 2) }),
    sized('Tee', 'TEE', ['S', 'M', 'L'], { images: pictures('tee', 3) }),
    single('Socks', 'SOCK-1', { variant: { price: '2.50', available: 17 } }),
    single('Kettle', 'KETTLE-1', { variant: { price: '40.00', cost: '20.00' } }),
    single('Lamp', 'ABC-123'),
    single('Scarf without a SKU', null),
    single('Cap', 'HEAD-1'),
    single('Beanie', 'HEAD-1'),
    single('Candle', 'CANDLE-1', { tags: ['crossdock-hidden', 'wax'] }),
    single('Poster', 'POSTER-1', { variant: { tracked: false } }),
    single('Vase', 'VASE-1', { variant: { available: 0, inventoryPolicy: 'CONTINUE' } }),
    single('Umbrella', 'UMBRELLA-1', { status: 'DRAFT', published: false, variant: { barcode: '4006381333931' } }),
]

/** What the corner shop had before anybody connected it. */
export const cornerGoods: readonly ActionBody[] = [
    single('Our kettle', 'KETTLE-1', { vendor: 'Corner', variant: { price: '35.00', available: 3 } }),
    single('Old lamp', 'abc-123', { vendor: 'Corner' }),
    single('Rain cover', 'COVER-9', { vendor: 'Corner', variant: { barcode: '4006381333931' } }),
    single('Six socks', 'SOCK-6PK', { vendor: 'Corner', variant: { price: '14.00', available: 9 } }),
]
