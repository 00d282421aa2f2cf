-- The proportions of what came with the season, as in 0003: an account of 20,000 people in its second year.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('touch', 'touch_by_day', '60000 60000 40 1 1 1 1'),
    ('goal', 'goal', '20 20 1'),
    ('own_date', 'own_date', '20 20 1'),
    ('pursuit', 'pursuit', '40 40 1'),
    ('pursuit_person', 'pursuit_person', '200 200 5 1'),
    ('pursuit_person', 'pursuit_by_person', '200 200 2'),
    ('favour', 'favour', '200 200 1'),
    ('favour', 'favour_by_person', '200 200 2'),
    ('practice', 'practice', '100 100 1'),
    ('practice', 'practice_by_peer', '4 4 1'),
    ('story', 'story', '4 4 1'),
    ('saved', 'saved', '100 100 1'),
    ('refusal', 'refusal', '100 100 25 1'),
    ('week', 'week', '60 60 1'),
    ('planned', 'planned', '600 600 1'),
    ('planned', 'planned_by_week', '600 600 10 2'),
    ('planned', 'planned_by_origin', '600 600 2');
ANALYZE sqlite_schema;
