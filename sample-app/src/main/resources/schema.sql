-- In a schema of its own: it leaves other tables of a shared database alone
CREATE SCHEMA IF NOT EXISTS sample;
CREATE TABLE IF NOT EXISTS sample.orders (
    id         bigint  PRIMARY KEY,
    item       text    NOT NULL,
    quantity   integer NOT NULL CHECK (quantity > 0),
    ordered_on date    NOT NULL
);
