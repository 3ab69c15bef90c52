-- Riskshare: schemes in force, facts they see, what each close posted, and payments.

CREATE SCHEMA share;

CREATE TABLE share.scheme (                        -- documents as adopted; the newest of an id is in force
  scheme_id  text NOT NULL,
  seq        integer GENERATED ALWAYS AS IDENTITY,
  currency   text NOT NULL,
  digest     text NOT NULL,
  document   text NOT NULL,
  actor      text NOT NULL,
  adopted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (scheme_id, seq),
  UNIQUE (scheme_id, digest));

CREATE TABLE share.fact (                          -- what an event means to a scheme
  event_id   text NOT NULL,
  scheme_id  text NOT NULL,
  kind       text NOT NULL,                        -- loss, recovery, premium, fee_reduction: split; paid: who has paid; others: measures
  effective  date NOT NULL,                        -- the version of the scheme that applies
  year       integer NOT NULL,
  loan_id    text NOT NULL,                        -- the contract the shares belong to
  key_on     date NOT NULL,                        -- place in the order of facts
  filing     integer NOT NULL DEFAULT 0,
  booked_on  date NOT NULL,                        -- from when a close may see it
  amount     bigint NOT NULL CHECK (amount >= 0),
  measures   jsonb NOT NULL,
  attributes jsonb NOT NULL,
  PRIMARY KEY (scheme_id, event_id, kind));
CREATE INDEX ON share.fact (scheme_id, year);
CREATE INDEX ON share.fact (scheme_id, booked_on);
CREATE INDEX ON share.fact (scheme_id, loan_id);

CREATE TABLE share.close (
  close_no      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  period_id     integer NOT NULL UNIQUE,
  cut_off_on    date NOT NULL,
  facts         bigint NOT NULL,
  facts_hash    text NOT NULL,
  terms_digest  text NOT NULL,
  result_hash   text NOT NULL,
  engine        text NOT NULL,
  actor         text NOT NULL,
  closed_at     timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE TABLE share.bearing (                       -- differences; their sum is who bears (or gets back) what of a fact
  scheme_id text NOT NULL,
  year      integer NOT NULL,
  period_id integer NOT NULL,
  event_id  text NOT NULL,
  kind      text NOT NULL,
  loan_id   text NOT NULL,
  role      text NOT NULL,
  party     text NOT NULL,
  amount    bigint NOT NULL,
  PRIMARY KEY (scheme_id, event_id, role, period_id));
CREATE INDEX ON share.bearing (scheme_id, year);
CREATE INDEX ON share.bearing (loan_id);

CREATE TABLE share.owing (                         -- differences; their sum is what debtor owes creditor for a contract
  scheme_id     text NOT NULL,
  year          integer NOT NULL,
  period_id     integer NOT NULL,
  kind          text NOT NULL,
  loan_id       text NOT NULL,
  debtor_role   text NOT NULL,
  creditor_role text NOT NULL,
  amount        bigint NOT NULL,
  PRIMARY KEY (scheme_id, loan_id, kind, debtor_role, creditor_role, period_id));

CREATE TABLE share.instruction (                   -- a payment that settles obligations
  instruction_id text PRIMARY KEY,
  period_id      integer NOT NULL,
  payer          text NOT NULL,
  payee          text NOT NULL,
  currency       text NOT NULL,
  gross_owed     bigint NOT NULL CHECK (gross_owed >= 0),
  gross_offset   bigint NOT NULL CHECK (gross_offset >= 0),
  net            bigint NOT NULL CHECK (net = gross_owed - gross_offset AND net >= 0),
  paid_on        date NOT NULL,
  recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE TABLE share.settled (                       -- an obligation is settled once
  obligation_id  uuid PRIMARY KEY REFERENCES ledger.obligation,
  instruction_id text NOT NULL);
CREATE INDEX ON share.settled (instruction_id);

SELECT ledger.append_only(ARRAY['share.scheme', 'share.fact', 'share.close', 'share.bearing', 'share.owing', 'share.instruction', 'share.settled']::regclass[]);
