-- What SQLite's planner should expect. Without numbers it takes account_id, which each key begins with, for a narrow one, and
-- walks the whole account where an index of two columns stands ready. These are the proportions of an account of 20,000 people.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('person', 'person', '20000 20000 1'),
    ('person', 'person_by_name', '20000 20000 2 1'),
    ('person', 'person_by_due', '2000 2000 5 1'),
    ('person', 'person_by_tie', '6000 6000 2 1'),
    ('person', 'person_by_touch', '6000 6000 5 1'),
    ('person', 'person_merged', '400 400 2'),
    ('person', 'person_deleted', '200 200 2'),
    ('fact_set', 'fact_set', '30000 30000 2 1'),
    ('fact_set', 'fact_set_by_source', '30000 30000 3000'),
    ('fact_set', 'fact_set_newer', '3000 3000 1'),
    ('ident', 'ident', '40000 40000 10000 1 1'),
    ('trait', 'trait', '60000 60000 8000 20 1'),
    ('touch', 'touch', '60000 60000 6 1'),
    ('touch', 'touch_by_source', '60000 60000 3000'),
    ('touch', 'touch_by_day', '60000 60000 40'),
    ('touch', 'touch_by_id', '60000 60000 1'),
    ('touch', 'touch_by_key', '30000 30000 1'),
    ('step', 'step', '1000 1000 1'),
    ('step', 'step_by_person', '1000 1000 2'),
    ('step', 'step_by_due', '1000 1000 300 5'),
    ('cadence', 'cadence', '400 400 200 1'),
    ('merge', 'merge', '400 400 1'),
    ('pair', 'pair', '1000 1000 2 1'),
    ('pair', 'pair_by_b', '1000 1000 2'),
    ('relation', 'relation', '2000 2000 1'),
    ('relation', 'relation_by_a', '2000 2000 2'),
    ('relation', 'relation_by_b', '2000 2000 2'),
    ('source', 'source', '40 40 1'),
    ('session', 'session', '10 10 1'),
    ('token', 'token', '10 10 1'),
    ('setting', 'setting', '20 20 1');
ANALYZE sqlite_schema;
