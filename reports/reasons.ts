/** Why an order or a line was not pushed, and what a person can do about it, in plain words. */
export type Reason = { text: string; fix: string }

/** By the codes of the gates, in their order (rule 52). Whatever reports, pages and commands say of a code, they take from here. */
export const reasons: Readonly<Record<string, Reason>> = {
    DISCONNECTED: {
        text: 'the stores are not connected',
        fix: 'Nothing is pushed for a connection that is disconnected. Reconnect the destination if it is to sell for this source again.',
    },
    SOURCE_BLOCKED: {
        text: 'the source has blocked this destination',
        fix: 'Only the source can unblock it. Until then, ship the order from somewhere else or refund it.',
    },
    BEFORE_CONNECTION: {
        text: 'the order is older than the connection',
        fix: 'Orders from before the connection stay where they are. If this one is to be shipped by the source, ask for its push by hand.',
    },
    CANCELLED_BEFORE_PUSH: {
        text: 'it was cancelled before it was pushed',
        fix: 'Nothing to do: there is nothing left to ship.',
    },
    TEST_ORDER: {
        text: 'it is a test order',
        fix: 'Test orders are never pushed. Place a real order, of a small amount, to try it.',
    },
    NOT_PAID: {
        text: 'it does not count as paid',
        fix: 'Capture the payment or mark the order as paid at the destination. If unpaid orders are to go too, change "counts_as_paid" in the settings of the connection.',
    },
    ZERO_TOTAL: {
        text: 'its total is 0.00',
        fix: 'Orders without a price are not pushed. If it is to be shipped, enter it at the source by hand.',
    },
    NO_ADDRESS: {
        text: 'it has no name or address to ship to',
        fix: 'Enter a name, a street and a country in the shipping address of the order at the destination.',
    },
    NO_LINKED_LINE: {
        text: 'none of its items comes from this source',
        fix: 'Nothing to do if the destination ships it itself. Otherwise link the items, by equal SKUs or a mapping.',
    },
    SKU_MISSING: {
        text: 'the item has no SKU, or the source has no item of its SKU any more',
        fix: 'Give the item at the destination the SKU that it has at the source, or enter a mapping. If the source deleted it, ship it from somewhere else or refund it.',
    },
    SKU_DUPLICATE: {
        text: 'several items of the source have this SKU',
        fix: 'Give each of them a SKU of its own at the source. The next run links the right one.',
    },
    ITEM_UNTRACKED: {
        text: 'its stock is not tracked',
        fix: 'Switch on "Track quantity" for the item at both stores.',
    },
    LOCATION_UNMAPPED: {
        text: 'it is to be shipped from a location that is linked to none of the source',
        fix: 'Link that location in "locations" of the settings, or let the destination ship this item itself.',
    },
    OUT_OF_SCOPE: {
        text: 'the item is not linked: the connection does not take it, or took it only after it was sold',
        fix: 'Take the product into the scope of the connection. An order from before that can be pushed by hand.',
    },
    PLAN_LIMIT: {
        text: 'the orders of this month are used up',
        fix: 'Raise "most_a_month" in the push settings, or wait for the next month: the older orders go first.',
    },
    FX_MISSING: {
        text: 'there is no exchange rate, or only one older than 7 days',
        fix: 'Enter a rate of today in "rates" of the settings.',
    },
    PUSH_DISABLED: {
        text: 'pushing is switched off',
        fix: 'Switch automatic push on for the destination and for the connection, or ask for the push of this order by hand.',
    },
    HELD: {
        text: 'a person holds it back',
        fix: 'Let it go by asking for its push.',
    },
    ALREADY_EXISTS: {
        text: 'there is nothing left to push: it is at the source already, or the destination shipped it itself',
        fix: 'Nothing to do. If the destination shipped it by mistake, cancel that parcel there.',
    },
    STOCK_REFUSED: {
        text: 'the source refused it for lack of stock',
        fix: 'Receive stock at the source, or set "push_inventory" to decrement_ignoring_policy; the next run tries again.',
    },
    API_ERROR: {
        text: "the source's Shopify refused it, or what became of it is not known",
        fix: 'Read the message beside it. If the order is at the source nevertheless, say so; otherwise put right what it names and ask for the push again.',
    },
    PART_OF_PACK: {
        text: 'less than a whole pack was shipped, refunded or returned',
        fix: 'It waits until the rest of the pack comes. If it never will, decide it by hand at the destination.',
    },
    NO_PRICE_YET: {
        text: 'its prices were not read yet',
        fix: 'Nothing to do: the next whole reading of orders brings them.',
    },
}
