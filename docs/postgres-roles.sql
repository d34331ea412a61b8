-- Who may do what with a ledger on PostgreSQL. Run it as the owner of the database, after the ledger was made
-- (the first `kaitei import` with the owner's URL makes the tables):
--
--     psql -v ON_ERROR_STOP=1 -f docs/postgres-roles.sql kaitei
--
-- Give every officer a login that is a member of one of them, and keep the owner's password away from them:
--
--     CREATE ROLE sato LOGIN PASSWORD '…' IN ROLE kaitei_writer;
--     CREATE ROLE auditor LOGIN PASSWORD '…' IN ROLE kaitei_reader;
--
-- kaitei_withholder is for whoever erases words that were published by mistake (`kaitei withhold`): it may also
-- update contents and sources, where a trigger allows only what a record of it goes before. The owner runs
-- VACUUM FULL kaitei_contents, kaitei_sources, kaitei_read_texts after that.
--
-- Nobody but the owner can change or delete what was recorded, drop the triggers that refuse it, or empty a
-- table. Against the owner only a checkpoint helps that is kept elsewhere (`kaitei checkpoint`).

CREATE ROLE kaitei_reader NOLOGIN;
CREATE ROLE kaitei_writer NOLOGIN IN ROLE kaitei_reader;
CREATE ROLE kaitei_withholder NOLOGIN IN ROLE kaitei_writer;

REVOKE ALL ON kaitei_events, kaitei_contents, kaitei_sources FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT SELECT ON kaitei_events, kaitei_contents, kaitei_sources TO kaitei_reader;
GRANT INSERT ON kaitei_events, kaitei_contents, kaitei_sources TO kaitei_writer;
GRANT UPDATE ON kaitei_contents, kaitei_sources TO kaitei_withholder;
GRANT USAGE ON SEQUENCE kaitei_events_id_seq TO kaitei_writer;

-- The read models only repeat what the events say. Whoever records also writes them, `kaitei verify` compares them
-- with the events, and the owner makes them anew (`kaitei rebuild`, which drops and creates the tables: run the
-- lines below again after it).
GRANT SELECT ON kaitei_read_state, kaitei_read_assessments, kaitei_read_headings, kaitei_read_paths,
    kaitei_read_texts, kaitei_read_items, kaitei_read_rows TO kaitei_reader;
GRANT INSERT, UPDATE, DELETE ON kaitei_read_state, kaitei_read_assessments, kaitei_read_headings,
    kaitei_read_paths, kaitei_read_texts, kaitei_read_items, kaitei_read_rows TO kaitei_writer;
GRANT USAGE ON SEQUENCE kaitei_read_assessments_id_seq, kaitei_read_paths_id_seq TO kaitei_writer;
