import { isObject } from '../recording.ts'
import type { Scenario, Stage } from '../stage.ts'

/** Calls on orders that end at the schema, before any order is looked at; the documents lost the white space before them. */
async function endsAtTheSchema(stage: Stage): Promise<void> {
    const variables = stage.part('variables')
    await stage.play('mutation', {
        document: `\n  ${stage.part('query')}`,
        variables: isObject(variables) ? variables : {},
    })
}

const names = [
    'large-draft-order-complete-missing-id',
    'large-fulfillment-cancel-inline-missing-id',
    'large-fulfillment-cancel-inline-null-id',
    'large-fulfillment-cancel-missing-id',
    'large-fulfillment-tracking-info-update-inline-missing-id',
    'large-fulfillment-tracking-info-update-inline-null-id',
    'large-fulfillment-tracking-info-update-missing-id',
    'large-order-create-inline-missing-order',
    'large-order-create-missing-order',
]

export const schemaErrors: readonly Scenario[] = names.map((name) => ({
    file: `2025-01/orders/${name}.json`,
    play: endsAtTheSchema,
}))
