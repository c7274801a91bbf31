import type { Context } from '../context.ts'

/** MoneyV2 of the shop's currency; its amount is a Decimal, which Shopify shows without needless zeros: `20.0`. */
export function moneyV2(amount: string, context: Context): { amount: string; currencyCode: string } {
    return { amount: shortDecimal(amount), currencyCode: context.shop.currency }
}

export function shortDecimal(amount: string): string {
    const [whole, fraction = ''] = amount.split('.')
    return `${whole}.${fraction.replace(/0+$/, '') || '0'}`
}
