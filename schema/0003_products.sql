-- Products: contracts and what happened to them. Facts only; nothing here is ever changed.

CREATE SCHEMA product;

CREATE TABLE product.contract (                    -- as it was opened; its state is the fold of its events
  contract_id text PRIMARY KEY,
  product     text NOT NULL,
  currency    text NOT NULL,
  loan_id     text,                                -- the loan a guarantee or a policy hangs on; a loan names itself
  parties     jsonb NOT NULL,                      -- role: party
  amounts     jsonb NOT NULL,                      -- measures in minor units
  facts       jsonb NOT NULL);
CREATE INDEX ON product.contract (product) WHERE product IN ('pool', 'budget');
CREATE INDEX ON product.contract (loan_id) WHERE loan_id IS NOT NULL AND loan_id <> contract_id;

CREATE TABLE product.import_run (
  import_no   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file        text NOT NULL,
  sha256      text NOT NULL,
  profile     text NOT NULL,
  options     jsonb NOT NULL,
  rows        bigint NOT NULL,
  imported    bigint NOT NULL,
  held        bigint NOT NULL,
  flagged     bigint NOT NULL,
  controls    jsonb NOT NULL,                      -- column: [file, imported, held] in minor units
  recorded    jsonb NOT NULL,                      -- kind and amount name: total recorded, minor units
  actor       text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (rows = imported + held));

CREATE TABLE product.event (
  event_id     text PRIMARY KEY CHECK (length(event_id) BETWEEN 1 AND 200),
  kind         text NOT NULL,
  contract_id  text NOT NULL,
  effective_on date NOT NULL,
  booked_on    date NOT NULL,                      -- differs from effective_on only for a late entry
  amounts      jsonb NOT NULL,
  facts        jsonb NOT NULL,
  digest       bytea NOT NULL CHECK (length(digest) = 32),
  import_no    integer,
  actor        text NOT NULL,
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX ON product.event (contract_id, seq);
CREATE INDEX ON product.event (kind, booked_on) WHERE kind IN ('pool.funded', 'budget.appropriated');

CREATE TABLE product.quarantine (
  import_no   integer NOT NULL REFERENCES product.import_run,
  row_no      bigint NOT NULL,
  column_name text NOT NULL,
  loan_id     text NOT NULL,
  reason      text NOT NULL,
  expected    text NOT NULL,
  got         text NOT NULL,
  disposition text NOT NULL CHECK (disposition IN ('held', 'admitted')));
CREATE INDEX ON product.quarantine (import_no, row_no);

SELECT ledger.append_only(ARRAY['product.contract', 'product.import_run', 'product.event', 'product.quarantine']::regclass[]);
