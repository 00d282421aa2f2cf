#!/usr/bin/env python3
"""check-sql itself: good statements and schemas pass, each bad example fails with its own words."""
import importlib.machinery
import importlib.util
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader("check_sql", str(pathlib.Path(__file__).resolve().parent / "check-sql"))
check_sql = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_sql", LOADER))
LOADER.exec_module(check_sql)

TABLES = """-- tenant: none
-- Who signs in.
CREATE TABLE account (
    account_id BIGINT NOT NULL PRIMARY KEY,  -- the tenant
    name TEXT NOT NULL UNIQUE                -- to sign in
);

-- tenant: account
-- A person.
CREATE TABLE person (
    account_id BIGINT NOT NULL,  -- whose
    person_id BIGINT NOT NULL,   -- who; "quoted; with a mark"
    name TEXT,                   -- shown
    PRIMARY KEY (account_id, person_id)
) /* sqlite: WITHOUT ROWID */;
CREATE UNIQUE INDEX person_by_name ON person (account_id, name) WHERE name IS NOT NULL;

-- tenant: account
-- What happened.
CREATE TABLE touch (
    account_id BIGINT NOT NULL,  -- whose
    touch_id BIGINT NOT NULL,    -- which
    person_id BIGINT NOT NULL,   -- with whom
    country TEXT REFERENCES country(code),  -- where
    PRIMARY KEY (account_id, touch_id),
    FOREIGN KEY (account_id, person_id) REFERENCES person (account_id, person_id)
);

-- tenant: community
-- Who belongs to it.
CREATE TABLE member (
    community_id BIGINT NOT NULL,  -- whose
    member_id BIGINT NOT NULL,     -- who
    PRIMARY KEY (community_id, member_id)
);
"""
WORDS = """-- tenant: account
-- Full text.
CREATE VIRTUAL TABLE look USING fts5(account_id UNINDEXED, words, tokenize = 'unicode61');

"""
COUNTRY = """-- tenant: reference
-- Countries.
CREATE TABLE country (
    code TEXT NOT NULL PRIMARY KEY  -- ISO 3166
);

"""
TABLE = "-- tenant: account\n-- Words.\nCREATE TABLE t (\n    account_id BIGINT NOT NULL, -- whose\n    a BIGINT, -- a\n%s\n);\n"

GOOD = """
SELECT name FROM person WHERE account_id = $1 AND person_id = $2
SELECT p.name FROM person p WHERE (p.account_id = $2) AND (p.name = $1 OR p.name IS NULL)
SELECT p.name, t.touch_id FROM person p JOIN touch t ON t.account_id = p.account_id AND t.person_id = p.person_id WHERE p.account_id = $1
SELECT p.name FROM person AS p LEFT JOIN touch t ON t.account_id = $1 AND t.person_id = p.person_id WHERE p.account_id = $1
SELECT p.name FROM person p JOIN touch t USING (account_id, person_id) WHERE p.account_id = $1
SELECT p.name FROM person p, touch t WHERE p.account_id = t.account_id AND t.account_id = CAST($1 AS BIGINT)
SELECT name FROM person WHERE account_id = $1 AND EXISTS (SELECT 1 FROM touch t WHERE t.account_id = person.account_id)
SELECT (SELECT count(*) FROM touch t WHERE t.account_id = p.account_id) AS n FROM person p WHERE p.account_id = $1
SELECT name FROM person WHERE account_id = $1 UNION ALL SELECT 'x' FROM touch WHERE account_id = $1
WITH recent AS (SELECT account_id, person_id FROM touch WHERE account_id = $1) SELECT p.name FROM person p JOIN recent r ON p.account_id = r.account_id
SELECT d.n FROM (SELECT count(*) AS n FROM touch WHERE account_id = $1) d
SELECT t.touch_id FROM touch t JOIN country c ON c.code = t.country WHERE t.account_id = $1
SELECT name FROM account
SELECT p.name FROM look l JOIN person p ON p.account_id = $1 AND p.person_id = l.rowid - (($1 & 511) << 31) WHERE look MATCH $2
INSERT INTO look (rowid, account_id, words) VALUES ($2, $1, $3)
DELETE FROM look WHERE rowid = $2 AND account_id = $1
SELECT code FROM country
SELECT member_id FROM member WHERE community_id = $1
SELECT 'SELECT ; -- no comment' AS words FROM person WHERE account_id = $1 -- really
INSERT INTO person (account_id, person_id, name) VALUES ($1, $2, 'x') ON CONFLICT (account_id, person_id) DO UPDATE SET name = excluded.name
INSERT INTO touch (account_id, touch_id, person_id) SELECT account_id, $2, person_id FROM person WHERE account_id = $1
INSERT INTO touch (account_id, touch_id) SELECT $1, p.person_id FROM person p JOIN touch t ON t.account_id = p.account_id WHERE p.account_id = $1
UPDATE person SET name = $3 WHERE account_id = $1 AND person_id = $2
UPDATE person SET name = (SELECT c.code FROM touch t JOIN country c ON c.code = t.country WHERE t.account_id = $1) WHERE account_id = $1
DELETE FROM touch WHERE account_id = $1 AND person_id IN (SELECT person_id FROM person WHERE account_id = $1)
""".strip().split("\n")

BAD = """
not tied|SELECT name FROM person
not tied|SELECT name FROM person WHERE person_id = $1
not tied|SELECT name FROM person WHERE account_id = 7
not tied|SELECT name FROM person WHERE account_id > $1
not tied|SELECT name FROM person WHERE account_id = $1 OR name = $2
not tied|SELECT name FROM person WHERE NOT (account_id = $1)
not tied|SELECT name FROM person WHERE name = $1 AND (account_id = $2 OR 1 = 1)
not tied|SELECT name FROM person WHERE account_id = person_id
not tied|SELECT p.name FROM person p JOIN touch t ON t.person_id = p.person_id WHERE p.account_id = $1
not tied|SELECT p.name FROM person p, touch t WHERE p.account_id = $1
not tied|SELECT p.name FROM person p JOIN touch t ON t.account_id = p.account_id
not tied|SELECT name FROM person WHERE account_id = $1 AND EXISTS (SELECT 1 FROM touch WHERE person_id = 3)
not tied|SELECT (SELECT count(*) FROM touch) AS n FROM person WHERE account_id = $1
not tied|SELECT name FROM person WHERE account_id = $1 UNION SELECT 'x' FROM touch
not tied|WITH recent AS (SELECT person_id FROM touch) SELECT p.name FROM person p WHERE p.account_id = $1
not tied|SELECT d.n FROM (SELECT count(*) AS n FROM touch) d
not tied|SELECT s.touch_id FROM account a JOIN touch s ON s.account_id = a.account_id WHERE a.name = $1
not tied|SELECT l.words FROM look l WHERE look MATCH $2
not tied|SELECT p.name FROM look l JOIN person p ON p.person_id = l.rowid - (($1 & 511) << 31) WHERE look MATCH $2
not tied|SELECT p.name FROM look l JOIN person p ON p.account_id = $1 AND p.person_id = l.rowid WHERE look MATCH $2
not tied|SELECT t.touch_id FROM touch t JOIN person p ON p.account_id = $1 AND p.person_id = t.rowid
names account_id first|INSERT INTO look (rowid, words) VALUES ($2, $1)
crosses tenants|SELECT p.name FROM person p, member m WHERE p.account_id = $1 AND m.community_id = $2
names account_id first|INSERT INTO person (person_id, account_id) VALUES ($1, $2)
is a parameter|INSERT INTO person (account_id, person_id) VALUES (1, $1)
is a parameter|INSERT INTO person (account_id, person_id) VALUES ($1, $2), (3, $3)
names its columns|INSERT INTO person VALUES ($1, $2, $3)
not tied|INSERT INTO touch (account_id, touch_id) SELECT account_id, person_id FROM person
first thing selected|INSERT INTO touch (account_id, touch_id) SELECT person_id, 1 FROM person WHERE account_id = $1
not tied|UPDATE person SET name = $1 WHERE person_id = $2
moves a row|UPDATE person SET account_id = $2 WHERE account_id = $1
not tied|UPDATE person SET name = (SELECT country FROM touch) WHERE account_id = $1
not tied|DELETE FROM person WHERE person_id = $1
not tied|DELETE FROM person
not tied|DELETE FROM touch WHERE account_id = $1 AND person_id IN (SELECT person_id FROM person)
in no migration|SELECT x FROM nowhere WHERE account_id = $1
begins with|DROP TABLE person
begins with|PRAGMA user_version
""".strip().split("\n")

BAD_TABLES = [
    ("a line `-- tenant:", "-- Words.\nCREATE TABLE t (\n    account_id BIGINT NOT NULL PRIMARY KEY -- whose\n);\n"),
    ("a sentence stands", "-- tenant: account\nCREATE TABLE t (\n    account_id BIGINT NOT NULL PRIMARY KEY -- whose\n);\n"),
    ("has no sentence", "-- tenant: account\n-- Words.\nCREATE TABLE t (\n    account_id BIGINT NOT NULL PRIMARY KEY\n);\n"),
    ("primary key begins", TABLE % "    PRIMARY KEY (a, account_id)"),
    ("primary key begins", TABLE % "    CHECK (a > 0)"),
    ("unique key begins", TABLE % "    PRIMARY KEY (account_id, a), UNIQUE (a)"),
    ("unique key begins", TABLE.replace("a BIGINT", "a BIGINT UNIQUE") % "    PRIMARY KEY (account_id, a)"),
    ("unique key begins", TABLE % "    PRIMARY KEY (account_id, a)" + "CREATE UNIQUE INDEX x ON t (a);\n"),
    ("stays inside its tenant", TABLE % "    PRIMARY KEY (account_id, a), FOREIGN KEY (a) REFERENCES person (person_id)"),
    ("stays inside its tenant", TABLE.replace("a BIGINT", "a BIGINT REFERENCES member(member_id)") % "    PRIMARY KEY (account_id, a)"),
    ("no TRIGGER", "CREATE TRIGGER x AFTER INSERT ON person BEGIN SELECT 1; END;\n"),
    ("no AUTOINCREMENT", TABLE % "    b INTEGER AUTOINCREMENT, -- b\n    PRIMARY KEY (account_id, a)"),
    ("no BIGSERIAL", TABLE % "    b BIGSERIAL, -- b\n    PRIMARY KEY (account_id, a)"),
    ("no SEQUENCE", "CREATE SEQUENCE s;\n"),
    ("no SET NULL", TABLE % "    PRIMARY KEY (account_id, a),\n    FOREIGN KEY (account_id, a) REFERENCES person (account_id, person_id) ON DELETE SET NULL"),
    ("has no sentence", "ALTER TABLE person ADD COLUMN x TEXT;\n"),
]

BAD_C = [
    ("SQL outside DB_QUERY", 'char *q = g_strdup_printf("SELECT name FROM %s", table);\n'),
    ("SQL outside DB_QUERY", 'char *q = sqlite3_mprintf("DELETE FROM person WHERE name = %Q", name);\n'),
    ("SQL outside DB_QUERY", 'static const char text[] = "UPDATE person SET name = 1";\n'),
    ("belongs to src/db", "#include <sqlite3.h>\n"),
    ("not a constant", 'DB_QUERY(x, some_text);\n'),
    ("not tied", '#define WHO "SELECT name " \\\n    "FROM person "\nDB_QUERY(x, WHO /* all */ "WHERE person_id = $1");\n'),
    ("not tied", '#define LIST(ident, order) DB_QUERY(list_##ident, "SELECT name FROM person ORDER BY " order)\nLIST(a, "name");\n'),
    ("not tied", 'DB_QUERY2(x, "SELECT name FROM person WHERE account_id = $1", "SELECT name FROM person");\n'),
]


class Tree:
    """A source tree of its own with one migration and one C file."""

    def __init__(self, migration="", c=""):
        self.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.folder.name)
        (root / "src/model/migration").mkdir(parents=True)
        (root / "src/model/migration/0001-a.sql").write_text(COUNTRY + WORDS + TABLES + "\n" + migration)
        (root / "src/model/person_db.c").write_text(c)
        self.bad, self.lookups, self.n = check_sql.check(root)
        self.folder.cleanup()


class CheckSql(unittest.TestCase):
    def setUp(self):
        self.schema = check_sql.Schema()
        self.schema.read("x.sql", COUNTRY + WORDS + TABLES)
        self.assertEqual(self.schema.bad, [])

    def test_good_statements_pass(self):
        for text in GOOD:
            self.assertIsNone(check_sql.offence_of(self.schema, text), text)

    def test_bad_statements_fail_with_their_own_words(self):
        for line in BAD:
            expected, text = line.split("|", 1)
            self.assertIn(expected, check_sql.offence_of(self.schema, text) or "nothing found", text)

    def test_bad_tables_fail_with_their_own_words(self):
        self.assertEqual(Tree(TABLE % "    PRIMARY KEY (account_id, a)").bad, [])
        for expected, migration in BAD_TABLES:
            bad = Tree(migration).bad
            self.assertTrue(any(expected in words for _, _, words in bad), f"{expected}: {migration}: {bad}")

    def test_bad_c_fails_at_its_line(self):
        for expected, c in BAD_C:
            bad = Tree(c="\n\n" + c).bad
            self.assertEqual(len(bad), 1, f"{c}: {bad}")
            self.assertIn(expected, bad[0][2])
            self.assertGreaterEqual(bad[0][1], 3)

    def test_macros_are_expanded_and_lookups_listed(self):
        tree = Tree(c='#define COLUMNS "name, person_id"\n'
                      'DB_QUERY(one, "SELECT " COLUMNS " FROM person WHERE account_id = $1");\n'
                      'DB_QUERY(two, "SELECT account_id FROM touch WHERE country = $1 /* tenant: lookup */");\n')
        self.assertEqual(tree.bad, [])
        self.assertEqual(tree.n, 2)
        self.assertEqual([(line, name) for _, line, name in tree.lookups], [(3, "two")])


if __name__ == "__main__":
    unittest.main()
