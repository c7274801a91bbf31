import { type Entity, idAt, plain, text } from './entity.ts'

/** Images of a product, in its own order; other media (video, models) are not carried. */
export const image: Entity = {
    name: 'image',
    table: 'images',
    fields: [
        // The reading numbers a product's lines in their order.
        {
            name: 'position',
            kind: 'catalogue',
            lock: 'images',
            select: '',
            read: () => null,
            exact: true,
            derived: true,
        },
        {
            name: 'alt',
            kind: 'catalogue',
            lock: 'images',
            select: 'alt',
            read: text('alt'),
            into: 'alt',
            as: (value) => value ?? '',
        },
    ],
    facts: [
        { name: 'product_id', select: '', read: idAt('__parentId') },
        { name: 'image_id', select: 'id', read: idAt('id') },
        { name: 'url', select: '... on MediaImage { image { url } }', read: plain('image.url'), quiet: true },
        { name: 'status', select: 'status', read: plain('status'), quiet: true },
    ],
}
