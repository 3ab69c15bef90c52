def test_smoke(every_database, database, empty_database):
    for d in (every_database, database, empty_database):
        c = d.connect(); print(c.info.server_version, c.execute("select count(*) from pg_tables").fetchone(), c.info.transaction_status); c.close()
