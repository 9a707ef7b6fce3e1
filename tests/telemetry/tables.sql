CREATE TABLE "Customer" ("id" integer PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL, "orders" integer NOT NULL DEFAULT 0);
CREATE TABLE "Order" ("id" serial PRIMARY KEY, "customerId" integer NOT NULL REFERENCES "Customer", "total" integer NOT NULL);
CREATE INDEX ON "Order" ("customerId");
INSERT INTO "Customer" SELECT n, 'Customer ' || n, 'c' || n || '@firma.de' FROM generate_series(1, 40) n;
INSERT INTO "Order" ("customerId", "total") SELECT n, n * 7 FROM generate_series(1, 40) n;
