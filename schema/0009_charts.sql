-- Which chart of accounts a book is shown under, from which period on; and what opening books were made of.
-- A chart gives codes to roles and moves nothing: what is posted is the same under each.

CREATE TABLE ledger.chart (
  book_id     integer NOT NULL REFERENCES ledger.book,
  since       date NOT NULL,                       -- the first day of a period; the chart holds until the next row
  chart       text NOT NULL CHECK (chart ~ '^[a-z0-9-]{1,40}$'),   -- a file of schema/charts
  actor       text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (book_id, since));
SELECT ledger.append_only(ARRAY['ledger.chart']::regclass[]);

-- set | same | not_found | no_period_start | period_closed | not_later
-- Reports of periods that are closed, or that a later chart already follows, keep the chart they have.
CREATE FUNCTION ledger.use_chart(book text, chart text, since date, actor text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  period record;
  number integer;
BEGIN
  SELECT c.unit, c.closed_through INTO STRICT period FROM ledger.calendar c FOR SHARE;    -- no close meanwhile
  SELECT h.book_id INTO number FROM ledger.head h JOIN ledger.book b USING (book_id) WHERE b.name = use_chart.book FOR NO KEY UPDATE OF h;
  IF number IS NULL THEN
    RETURN 'not_found';
  ELSIF use_chart.chart = (SELECT c.chart FROM ledger.chart c WHERE c.book_id = number AND c.since <= use_chart.since ORDER BY c.since DESC LIMIT 1) THEN
    RETURN 'same';
  ELSIF date_trunc(period.unit, since)::date <> since THEN
    RETURN 'no_period_start';
  ELSIF since <= period.closed_through THEN
    RETURN 'period_closed';
  ELSIF EXISTS (SELECT FROM ledger.chart c WHERE c.book_id = number AND c.since >= use_chart.since) THEN
    RETURN 'not_later';
  END IF;
  INSERT INTO ledger.chart (book_id, since, chart, actor) VALUES (number, since, chart, actor);
  PERFORM ledger.act('chart', book, jsonb_build_object('chart', chart, 'since', since)::text, actor);
  RETURN 'set';
END $$;

-- Opening books: the record of the files they were made of. The voucher stands already, in the same transaction.
CREATE FUNCTION ledger.record_opening(book text, contents text, actor text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger.journal j WHERE j.event_id = 'opening:' || book AND j.part = 1) THEN
    RAISE EXCEPTION 'book % was not opened', book USING ERRCODE = '23503';
  END IF;
  RETURN ledger.act('books.opened', book, contents, actor);
END $$;

SELECT ledger.secure();
