import { mostSpecific } from './eligibility.ts'
import { lockName } from './fields.ts'
import type { Scene } from './lines.ts'
import type { ProductLink, VariantLink } from './memory.ts'
import type { Mode, Travel } from './settings.ts'
import type { ShopProduct, ShopVariant } from './state.ts'

/** The mode of a field for a source item (D1, D2): its lock rule, or what holds without one. */
export function modeOf(scene: Scene, field: string, product: ShopProduct, variant: ShopVariant | null): Mode {
    const { settings } = scene.connection
    const lock = lockName(field)
    const rules = settings.lock_rules.filter((rule) => rule.field === lock)
    const rule = mostSpecific(rules, { source: scene.source, product, variant })
    if (rule) return rule.mode
    if (lock === 'cost') return 'never'
    if (lock === 'status' && settings.new_products === 'draft') return 'create_only'
    return lock === 'quantity' && settings.orders !== 'none' ? 'enforced' : 'follow'
}

/** What D9 lets through to a variant: all that we created, and what its mapping or the connection switched on. */
export function travelOfVariant({ connection }: Scene, link: VariantLink): Travel {
    return link.ours ? 'overwrite' : (link.existing ?? connection.settings.existing_items)
}

/** Of a product that existed before, the mapping of one of its variants says it, the most permissive of several. */
export function travelOfProduct({ connection, memory }: Scene, link: ProductLink): Travel {
    if (link.ours) return 'overwrite'
    const said = [...memory.variants.values()].filter((it) => it.destinationProduct === link.destination)
    const permissive: Travel[] = ['overwrite', 'fill_blank', 'stock_only']
    return permissive.find((it) => said.some(({ existing }) => existing === it)) ?? connection.settings.existing_items
}
