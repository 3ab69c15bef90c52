-- Tamper evidence: what is committed is sealed in blocks, chained per book. Book 0 stands for the acts.
-- A block's root is a Merkle tree (RFC 6962) over the leaves the batches keep; its hash covers all it says.

CREATE TABLE ledger.block (
  book_id   integer NOT NULL,
  block_no  integer NOT NULL CHECK (block_no > 0),
  first_no  integer NOT NULL,                      -- vouchers (or acts) first_no .. last_no, whole batches
  last_no   integer NOT NULL CHECK (last_no >= first_no),
  algorithm text NOT NULL CHECK (algorithm IN ('sha256', 'sm3')),
  leaves    bytea,                                 -- those that no batch keeps: of acts, and by SM3
  root      bytea NOT NULL CHECK (octet_length(root) = 32),
  chain     bytea NOT NULL,                        -- the batch it ends with, and so the moments of all before it
  previous  bytea NOT NULL,
  hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
  sealed_at timestamptz NOT NULL,
  book      integer GENERATED ALWAYS AS (nullif(book_id, 0)) STORED,       -- null where a foreign key has nothing to hold
  before_no integer GENERATED ALWAYS AS (nullif(block_no - 1, 0)) STORED,
  after_no  integer GENERATED ALWAYS AS (first_no - 1) STORED,
  PRIMARY KEY (book_id, block_no),
  UNIQUE (book_id, block_no, last_no, hash),
  FOREIGN KEY (book_id, before_no, after_no, previous) REFERENCES ledger.block (book_id, block_no, last_no, hash),
  FOREIGN KEY (book, last_no, chain) REFERENCES ledger.batch (book_id, last_no, digest),
  CHECK (block_no > 1 OR (first_no = 1 AND previous = '')),
  CHECK ((book_id = 0) = (chain = '')),
  CHECK ((leaves IS NOT NULL) = (book_id = 0 OR algorithm = 'sm3')),
  CHECK (octet_length(leaves) = 32 * (last_no - first_no + 1)),
  CONSTRAINT block_hash CHECK (algorithm = 'sm3' OR hash = sha256(convert_to(   -- PostgreSQL has no SM3: the verifier holds it
    format('K1,%s,%s,%s,%s,%s,%s,', book_id, block_no, first_no, last_no, ledger.micros(sealed_at), algorithm),
    'UTF8') || previous || chain || root)));
SELECT ledger.append_only(ARRAY['ledger.block']::regclass[]);

-- The hash in use is what the last act about it says; what is sealed stays as it was sealed.
CREATE INDEX act_sealing ON ledger.act (act_no) WHERE kind = 'sealing.changed';
CREATE FUNCTION ledger.sealing() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT contents::jsonb ->> 'algorithm' FROM ledger.act WHERE kind = 'sealing.changed' ORDER BY act_no DESC LIMIT 1), 'sha256') $$;

CREATE FUNCTION ledger.set_sealing(algorithm text, actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF algorithm NOT IN ('sha256', 'sm3') THEN
    RAISE EXCEPTION 'blocks are sealed with sha256 or sm3, not with %', algorithm USING ERRCODE = '22023';
  END IF;
  IF algorithm <> ledger.sealing() THEN
    PERFORM ledger.act('sealing.changed', 'blocks', jsonb_build_object('algorithm', algorithm, 'before', ledger.sealing())::text, actor);
  END IF;
END $$;

-- A leaf names accounts by number. What a number means, and the limits it began with, is an act too, written when it is first sealed.
CREATE FUNCTION ledger.record_accounts(actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE item record;
BEGIN
  PERFORM FROM ledger.act_head FOR UPDATE;         -- a limit changed meanwhile becomes a later act
  FOR item IN
    SELECT b.book_id, b.name, jsonb_agg(jsonb_build_array(a.account_id, a.role, a.kind, o.name, a.currency, n.credit_floor, n.debit_floor) ORDER BY a.account_id) AS accounts
    FROM ledger.account a JOIN ledger.book b USING (book_id) JOIN ledger.balance n USING (book_id, account_id) LEFT JOIN ledger.book o ON o.book_id = a.counterparty_book_id
    WHERE a.account_id NOT IN (SELECT (each ->> 0)::integer FROM ledger.act, jsonb_array_elements(contents::jsonb -> 'accounts') each WHERE act.kind = 'accounts.opened')
    GROUP BY b.book_id, b.name ORDER BY b.book_id
  LOOP
    PERFORM ledger.act('accounts.opened', item.name, jsonb_build_object('book', item.book_id, 'accounts', item.accounts)::text, actor);
  END LOOP;
END $$;

-- What the next block of a book holds: whole batches, about `most` vouchers; no row where all is sealed. One sealer per book.
-- Postings of a book are committed in the order of their numbers, so everything up to the last batch is final.
CREATE FUNCTION ledger.next_block(of integer, most integer) RETURNS TABLE (block_no integer, first_no integer, last_no integer,
  algorithm text, chain bytea, previous bytea, sealed_at timestamptz, leaves bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  latest ledger.block;
  ends ledger.batch;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ledger.block'), of);
  SELECT * INTO latest FROM ledger.block b WHERE b.book_id = of ORDER BY b.block_no DESC LIMIT 1;
  block_no := coalesce(latest.block_no, 0) + 1;
  first_no := coalesce(latest.last_no, 0) + 1;
  previous := coalesce(latest.hash, '');
  algorithm := ledger.sealing();
  sealed_at := clock_timestamp();
  IF of = 0 THEN
    SELECT h.last_act INTO STRICT last_no FROM ledger.act_head h;
    last_no := least(last_no, next_block.first_no + most - 1);
    chain := '';
  ELSE
    SELECT * INTO ends FROM ledger.batch b WHERE b.book_id = of AND b.last_no >= next_block.first_no + most - 1 ORDER BY b.last_no LIMIT 1;
    IF NOT FOUND THEN
      SELECT * INTO ends FROM ledger.batch b WHERE b.book_id = of ORDER BY b.last_no DESC LIMIT 1;
    END IF;
    last_no := ends.last_no;
    chain := ends.digest;
    SELECT string_agg(b.leaves, '' ORDER BY b.last_no) INTO leaves FROM ledger.batch b
      WHERE b.book_id = of AND b.last_no BETWEEN next_block.first_no AND next_block.last_no;
  END IF;
  IF last_no >= first_no THEN
    RETURN NEXT;
  END IF;
END $$;

CREATE FUNCTION ledger.seal(book integer, block_no integer, first_no integer, last_no integer, algorithm text, root bytea, chain bytea,
  previous bytea, hash bytea, sealed_at timestamptz, leaves bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO ledger.block (book_id, block_no, first_no, last_no, algorithm, root, chain, previous, hash, sealed_at, leaves)
  VALUES (book, block_no, first_no, last_no, algorithm, root, chain, previous, hash, sealed_at, leaves) $$;

SELECT ledger.secure();
