import type { Context } from '../../context.ts'
import { numberOf } from '../../shop/gids.ts'
import type { Customer, MailingAddress, Order, TaxLine } from '../../shop/order_rows.ts'
import { nextId } from '../../shop/state.ts'
import { money } from '../../shop/text.ts'
import { type MetafieldInput, writeMetafield } from '../metafields/write.ts'
import type { AddressInput, CustomerInput, MoneyBagInput, TaxLineInput } from './order_create_input.ts'
import { presentmentOf } from './order_create_money.ts'
import { customerById } from './people.ts'

/** The amount of a money input in the shop's currency. */
export function amountOf(given: MoneyBagInput | null | undefined): string {
    return money(String(given?.shopMoney.amount ?? '0'))
}

export function taxLinesOf(given: readonly TaxLineInput[] | null | undefined): TaxLine[] {
    return (given ?? []).map(({ title, rate, priceSet }) => {
        const presentmentPrice = presentmentOf(priceSet)
        const line = { title, rate: Number(rate), price: amountOf(priceSet) }
        return presentmentPrice === undefined ? line : { ...line, presentmentPrice }
    })
}

/** An address row from an input; null where none is given. */
export function addressOf({ shop }: Context, given: AddressInput | null | undefined): MailingAddress | null {
    if (given == null) return null
    const text = (name: string) => given[name] ?? null
    return {
        __typename: 'MailingAddress',
        id: nextId(shop),
        ...{ firstName: text('firstName'), lastName: text('lastName'), company: text('company') },
        ...{ address1: text('address1'), address2: text('address2'), city: text('city'), zip: text('zip') },
        ...{ provinceCode: text('provinceCode'), countryCode: text('countryCode'), phone: text('phone') },
    }
}

/** The customer of a new order: one the shop knows by id or mail, or a new one. */
export function customerOf(context: Context, given: CustomerInput | null | undefined): Customer | null {
    const wanted = given?.toUpsert ?? given?.toAssociate
    if (!wanted) return null
    const known =
        customerById(context, numberOf(wanted.id, 'Customer')) ??
        [...context.shop.orders.values()].findLast(({ customer }) => customer && customer.email === wanted.email)
            ?.customer
    const { firstName, lastName, phone, email } = { ...given?.toUpsert, email: wanted.email }
    const id = known?.id ?? nextId(context.shop)
    return {
        __typename: 'Customer',
        id,
        firstName: firstName ?? known?.firstName ?? null,
        lastName: lastName ?? known?.lastName ?? null,
        email: email ?? known?.email ?? null,
        phone: phone ?? known?.phone ?? null,
        createdAt: known?.createdAt ?? context.clock.now(),
    }
}

/** Writes metafields that were checked. */
export function writeMetafields(context: Context, order: Order, given: readonly MetafieldInput[] | null | undefined) {
    for (const input of given ?? []) writeMetafield(context, order, input)
}
