-- Rows of a store of version 2, one statement a line, made-up people only. Kept for ever: the test "upgrade" brings them to the newest version.
INSERT INTO account (account_id, name, display_name, is_admin, self_person_id, revision, created_at, digest) VALUES (7, 'asha', 'Asha Rao', 1, 70, 3, 1767225600000000, 'd')
INSERT INTO source (account_id, source_id, family, label, seen_at, digest) VALUES (7, 71, 'you', 'you', 1767225600000000, 'd')
INSERT INTO ident (account_id, kind, value, person_id) VALUES (7, 'email', 'k.lindqvist@hospital.example', 72)
INSERT INTO touch (account_id, person_id, touch_id, kind, direction, on_day, created_at, digest) VALUES (7, 72, 73, 'call', 'out', 20454, 1767225600000000, 'd')
INSERT INTO setting (account_id, name, value, digest) VALUES (7, 'week.hours', '4', 'd')
