import { at, type Entity, type Field, idAt, type Node, plain, text } from './entity.ts'

const field = (name: string, select: string, into: string): Field => ({
    name,
    kind: 'catalogue',
    lock: name,
    select,
    read: text(into),
    into,
})

/** A cleared text is written as an empty one: null would leave it as it is. */
const clearable = (it: Field): Field => ({ ...it, as: (value) => value ?? '' })

const tags = (node: Node) => [...new Set(at(node, 'tags') as string[])].sort()

const optionNames = (node: Node) =>
    (at(node, 'options') as { name: string; position?: number }[]).map((option) => option.name)

/** Products and what is written of them: productUpdate, but for tags, options and publication. */
export const product: Entity = {
    name: 'product',
    table: 'products',
    fields: [
        { ...field('title', 'title', 'title'), required: true },
        { ...clearable(field('description_html', 'descriptionHtml', 'descriptionHtml')), called: 'description' },
        clearable(field('vendor', 'vendor', 'vendor')),
        clearable(field('product_type', 'productType', 'productType')),
        { name: 'tags', kind: 'catalogue', lock: 'tags', select: 'tags', read: tags, derived: true },
        { ...field('status', 'status', 'status'), exact: true, derived: true },
        field('handle', 'handle', 'handle'),
        {
            ...clearable(field('seo_title', 'seo { title description }', 'seo.title')),
            called: 'title for search engines',
        },
        { ...clearable(field('seo_description', '', 'seo.description')), called: 'description for search engines' },
        {
            name: 'options',
            kind: 'catalogue',
            lock: 'options',
            called: 'option names',
            select: 'options { id name position }',
            read: optionNames,
            required: true,
            derived: true,
        },
        {
            name: 'published',
            kind: 'catalogue',
            lock: 'published',
            called: 'on sale in the online store',
            select: 'published: publishedOnPublication(publicationId: "$publication")',
            read: plain('published'),
            exact: true,
            derived: true,
        },
    ],
    facts: [
        { name: 'product_id', select: 'id', read: idAt('id') },
        {
            name: 'origin',
            select: 'origin: metafield(namespace: "crossdock", key: "origin") { value }',
            read: text('origin.value'),
        },
        { name: 'created_at', select: 'createdAt', read: plain('createdAt') },
        { name: 'updated_at', select: 'updatedAt', read: plain('updatedAt'), quiet: true },
    ],
}
