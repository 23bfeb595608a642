INSERT INTO sample.orders (id, item, quantity, ordered_on) VALUES
    (1, 'Espresso cups', 6, DATE '2026-11-02'),
    (2, 'Milk jug', 1, DATE '2026-11-09'),
    (3, 'Coffee grinder', 1, DATE '2026-11-16'),
    (4, 'Paper filters', 12, DATE '2026-11-20')
ON CONFLICT (id) DO NOTHING;
