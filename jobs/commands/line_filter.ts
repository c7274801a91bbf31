import { z } from 'zod'
import type { LineFilter } from '../../sql/changes/changes.ts'
import type { Option } from './command.ts'
import { id } from './given.ts'

/** Options that say which lines of a set are meant. */
export const LINE_OPTIONS: readonly Option[] = [
    ['--line <ids...>', 'these lines'],
    ['--entity <entity>', 'product, variant, image or level'],
    ['--action <action>', 'create, update or delete'],
    ['--field <field>', 'lines of this field, such as price'],
    ['--status <status>', 'lines of this status, such as held'],
    ['--item <id>', 'lines of the item with this id'],
    ['--label <text>', 'lines of this SKU or handle'],
]

/** How those options are read. */
export const lineOptions = {
    line: z.array(id).optional(),
    entity: z.enum(['product', 'variant', 'image', 'level']).optional(),
    action: z.enum(['create', 'update', 'delete']).optional(),
    field: z.string().optional(),
    status: z.string().optional(),
    item: id.optional(),
    label: z.string().optional(),
}

const options = z.object(lineOptions)

/** The filter that they make. */
export function lineFilter({ line, entity, action, field, status, item, label }: z.output<typeof options>): LineFilter {
    return { lines: line, entity, action, field, status, item, label }
}
