-- What only PostgreSQL has, of the ledger's core. On another engine each becomes what is said beside it.
-- (Row-level security, the log of definitions and their like are with the roles, 0007; the guard of append-only tables is ledger.append_only, 0001.)

-- Statement triggers over the rows that were inserted, which fire in every replication role.
-- Elsewhere: the posting function calls the same sums itself, and `gongji audit verify` finds what went round it.
CREATE TRIGGER keep_counters AFTER INSERT ON ledger.transfer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_counters();
ALTER TABLE ledger.transfer ENABLE ALWAYS TRIGGER keep_counters;
CREATE TRIGGER keep_originals AFTER INSERT ON ledger.journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_originals();
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER keep_originals;
CREATE TRIGGER keep_head AFTER UPDATE ON ledger.head FOR EACH ROW EXECUTE FUNCTION ledger.keep_head();
ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER keep_head;

-- An index of a few bytes for a range of pages: entries come in nearly the order of their days.
-- Elsewhere: an index by day, or partitions by period.
CREATE INDEX transfer_day ON ledger.transfer USING brin (effective_on) WITH (pages_per_range = 32);

-- Hashes do not compress: kept aside as they are.
ALTER TABLE ledger.batch ALTER COLUMN leaves SET STORAGE EXTERNAL;

SELECT ledger.secure();
