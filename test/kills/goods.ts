import type { ActionBody } from '../../connectors/sandbox/shop/actions/index.ts'
import { single, sized } from '../helpers/cast.ts'

/** Products in three sizes with three pictures each; the edits pick among them. */
export const shirts = ['Oak', 'Elm', 'Ash', 'Yew', 'Fir'].map((name) => ({
    handle: `${name.toLowerCase()}-shirt`,
    stem: name.toUpperCase(),
}))

/** Products of one variant: on the Online Store, and not. */
export const onSale = ['Mug', 'Lamp', 'Vase'].map((name) => ({ handle: name.toLowerCase(), sku: name.toUpperCase() }))
export const offSale = ['Rug', 'Jar', 'Pen'].map((name) => ({ handle: name.toLowerCase(), sku: name.toUpperCase() }))

export const picture = (name: string) => `https://pictures.example/${name}.jpg`

const titled = (handle: string) =>
    handle
        .split('-')
        .map((word) => word[0]!.toUpperCase() + word.slice(1))
        .join(' ')

/** What northwind sells: over a dozen products. */
export const northwindGoods: readonly ActionBody[] = [
    ...shirts.map(({ handle, stem }) =>
        sized(titled(handle), stem, ['S', 'M', 'L'], {
            tags: ['old', 'kept', 'summer'],
            images: [1, 2, 3].map((number) => picture(`${handle}-${number}`)),
        }),
    ),
    ...onSale.map(({ handle, sku }) => single(titled(handle), sku, { images: [picture(handle)] })),
    ...offSale.map(({ handle, sku }) => single(titled(handle), sku, { published: false })),
    single('Cap', 'HEAD-1'),
    single('Beanie', 'HEAD-1'),
    single('Kettle', 'KETTLE-1', { variant: { price: '40.00', cost: '20.00' } }),
    {
        title: 'Curtain',
        options: ['Size', 'Colour'],
        published: true,
        variants: ['Long', 'Short'].flatMap((size) =>
            ['Red', 'Blue'].map((colour) => ({
                ...{ sku: `CURTAIN-${size}-${colour}`, options: [size, colour] },
                ...{ price: '55.00', tracked: true, available: 4 },
            })),
        ),
    },
]

/** What the corner shop had before anybody connected it; a product to come bears the handle of one of these. */
export const cornerGoods: readonly ActionBody[] = [
    single('Our kettle', 'KETTLE-1', { vendor: 'Corner', variant: { price: '35.00', available: 3 } }),
    single('Teapot 1', 'CORNER-POT', { vendor: 'Corner', variant: { price: '12.00', available: 9 } }),
]

/** What southwind sells, of an account that has nothing to do with the others. */
export const southwindGoods: readonly ActionBody[] = [
    sized('Hat', 'HAT', ['S', 'M'], { images: [picture('hat')] }),
    single('Belt', 'BELT-1'),
]
