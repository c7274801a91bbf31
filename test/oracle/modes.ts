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
    if (lock === 'status' && settings.new_products === 'draft') return 'create_only'
    const rules = settings.lock_rules.filter((rule) => rule.field === lock)
    const rule = mostSpecific(rules, { source: scene.source, product, variant })
    if (rule) return rule.mode
    if (lock === 'cost') return 'never'
    return lock === 'quantity' && settings.orders !== 'none' ? 'enforced' : 'follow'
}

/** What D9 lets through to a variant: all that we created, and what its mapping or the connection switched on. */
export function travelOfVariant({ connection }: Scene, link: VariantLink): Travel {
    return link.ours ? 'overwrite' : (link.existing ?? connection.settings.existing_items)
}

const width: Travel[] = ['stock_only', 'fill_blank', 'overwrite']

/** A product takes what the widest of its variants' mappings says, else what the connection says. */
export function travelOfProduct({ connection, memory }: Scene, link: ProductLink): Travel {
    if (link.ours) return 'overwrite'
    let widest = -1
    for (const it of memory.variants.values()) {
        if (it.destinationProduct === link.destination && it.existing) {
            widest = Math.max(widest, width.indexOf(it.existing))
        }
    }
    return width[widest] ?? connection.settings.existing_items
}
