-- The ledger asks what was under way of an item when a quantity was written.
create index stock_movements_of_item on stock_movements (account_id, source_item_id, created_at);
