/** The number in an id such as `gid://shopify/Order/1` or `gid://shopify/InventoryLevel/1?inventory_item_id=2`. */
export function parseGid(id: string): number {
    const number = /\/(\d+)(?:\?.*)?$/.exec(id)?.[1]
    if (number) return Number(number)
    throw new Error(`Expected an id of a shop, got ${id}.`)
}
