-- One schema, two engines. Ids are made by the program (base/id.h); *_at are microseconds UTC, *_day days since 1970.
-- `/* sqlite: ... */` is for SQLite only, `/* pgsql: ... */` for PostgreSQL only (tools/migrations).
-- `tenant:` lines are read by tools/check-sql. `digest` is the row's own digest (base/digest.h), checked by `ligature verify`.

-- tenant: none
-- Who signs in; owns a private network.
CREATE TABLE account (
    account_id      BIGINT NOT NULL PRIMARY KEY,  -- the tenant of every private table
    name            TEXT NOT NULL UNIQUE,         -- sign-in name, folded
    display_name    TEXT NOT NULL,                -- as shown in the page head
    password        TEXT,                         -- argon2id string; NULL: none set, loopback only
    is_admin        INTEGER NOT NULL,             -- may manage accounts of this store
    self_person_id  BIGINT NOT NULL,              -- the person that is the account's owner
    revision        BIGINT NOT NULL,              -- grows with each write in this account; pages are cached under it
    created_at      BIGINT NOT NULL,              -- when the account was made
    closed_at       BIGINT,                       -- when it was closed; its data can come back for 30 days
    digest          TEXT NOT NULL                 -- of this row, revision left out
);

-- tenant: account
-- A signed-in browser. Only the hash of the opaque token is kept.
CREATE TABLE session (
    account_id      BIGINT NOT NULL,              -- whose
    token_hash      TEXT NOT NULL,                -- BLAKE2b of the cookie's value
    csrf            TEXT NOT NULL,                -- the form token of this session
    created_at      BIGINT NOT NULL,              -- signed in
    seen_at         BIGINT NOT NULL,              -- last use, to the minute
    expires_at      BIGINT NOT NULL,              -- ends by itself
    agent           TEXT NOT NULL,                -- browser, in words, for the list of sessions
    PRIMARY KEY (account_id, token_hash)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- A token for another program. Shown once, kept as a hash.
CREATE TABLE token (
    account_id      BIGINT NOT NULL,              -- whose
    token_id        BIGINT NOT NULL,              -- for the list and for revoking
    token_hash      TEXT NOT NULL,                -- BLAKE2b of the secret part
    name            TEXT NOT NULL,                -- what it is for
    scopes          TEXT NOT NULL,                -- "read", "read write", "read write send admin"
    created_at      BIGINT NOT NULL,              -- made
    used_at         BIGINT,                       -- last use, to the minute
    expires_at      BIGINT,                       -- NULL: until revoked
    revoked_at      BIGINT,                       -- NULL: valid
    digest          TEXT NOT NULL,                -- of this row, used_at left out
    PRIMARY KEY (account_id, token_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Where facts and touches came from: one file of an import, your own edits, a merge.
CREATE TABLE source (
    account_id      BIGINT NOT NULL,              -- whose
    source_id       BIGINT NOT NULL,              -- time-ordered: a later source is a newer one
    family          TEXT NOT NULL,                -- "linkedin.connections", "vcard", "google", "you", ...
    label           TEXT NOT NULL,                -- what people see: the file's name, or "you"
    import_id       BIGINT,                       -- the import it belongs to
    seen_at         BIGINT NOT NULL,              -- when the facts were seen to be so
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, source_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- What one source says of one person, at one time: a set of facts, written once and never changed. Within one family and
-- record key a later set replaces an earlier one in the fold; both stay.
CREATE TABLE fact_set (
    account_id      BIGINT NOT NULL,              -- whose
    person_id       BIGINT NOT NULL,              -- of whom; stays the same through merges
    fact_set_id     BIGINT NOT NULL,              -- time-ordered
    source_id       BIGINT NOT NULL,              -- from where
    replaces_id     BIGINT,                       -- the set of the same family and record that it replaced; NULL: the first
    record_key      TEXT NOT NULL,                -- which record of that family: UID, profile URL, digest ...
    facts           TEXT NOT NULL,                -- JSON array of facts (model/fact.h)
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, person_id, fact_set_id)
) /* sqlite: WITHOUT ROWID */;
-- Whom an import made has an id after its source's: those stand together in the table itself.
CREATE INDEX fact_set_by_source ON fact_set (account_id, source_id) WHERE person_id < source_id;
CREATE INDEX fact_set_newer ON fact_set (account_id, fact_set_id) WHERE replaces_id IS NOT NULL;

-- tenant: account
-- A person: the fold of their facts and touches, kept ready for lists. Everything here but the four marked columns
-- can be made again from fact_set and touch; `ligature verify` does so and compares.
CREATE TABLE person (
    account_id      BIGINT NOT NULL,              -- whose
    person_id       BIGINT NOT NULL,              -- time-ordered
    root_id         BIGINT NOT NULL,              -- itself, or the person it was merged into
    created_at      BIGINT NOT NULL,              -- (marked) first seen
    deleted_at      BIGINT,                       -- (marked) can come back for 30 days
    deleted_with    BIGINT,                       -- (marked) the change that deleted it, for undo
    is_self         INTEGER NOT NULL,             -- (marked) the account's owner
    name            TEXT NOT NULL,                -- as shown: Latin reading when there is one
    own_name        TEXT,                         -- in its own script, when that is not Latin
    sort_key        TEXT NOT NULL,                -- folded: family, given
    headline        TEXT,                         -- role in words
    org             TEXT,                         -- where they work
    place           TEXT,                         -- city, region
    region          TEXT,                         -- US state code when known
    specialty       TEXT,                         -- id in data/specialties.tsv
    school          TEXT,                         -- folded name of their first medical school
    email           TEXT,                         -- preferred address
    phone           TEXT,                         -- preferred number
    url             TEXT,                         -- profile
    photo           TEXT,                         -- digest of a blob
    tags            TEXT,                         -- "mentor ohio", for lists
    has_us_link     INTEGER NOT NULL,             -- works or lives in the United States, as far as facts tell
    has_conflict    INTEGER NOT NULL,             -- two sources differ and nobody decided
    do_not_contact  INTEGER NOT NULL,             -- asked not to be written to
    tie             DOUBLE PRECISION NOT NULL,    -- 0 to 1, as of tie_day
    tie_day         INTEGER NOT NULL,             -- the day tie was computed for
    last_touch_day  INTEGER,                      -- last real touch
    last_touch_kind TEXT,                         -- its kind
    n_touches       INTEGER NOT NULL,             -- how many in all
    cadence_days    INTEGER,                      -- own, else the tags' shortest, else the tier's; NULL: none
    due_day         INTEGER,                      -- the earlier of cadence and next step; NULL: nothing due
    changed_at      BIGINT NOT NULL,              -- last change of the fold
    keys            TEXT,                         -- which rows of ident and trait are theirs: JSON, kind and value in turn
    PRIMARY KEY (account_id, person_id)
) /* sqlite: WITHOUT ROWID */;
-- Partial on purpose: a person new from an import is in the first one only, which is that of the list itself.
CREATE INDEX person_by_name ON person (account_id, sort_key, person_id)
    WHERE deleted_at IS NULL AND root_id = person_id AND is_self = 0;
CREATE INDEX person_by_due ON person (account_id, due_day, person_id) WHERE due_day IS NOT NULL;
CREATE INDEX person_by_tie ON person (account_id, tie, person_id) WHERE tie > 0;
CREATE INDEX person_by_touch ON person (account_id, last_touch_day, person_id) WHERE last_touch_day IS NOT NULL;
CREATE INDEX person_merged ON person (account_id, root_id) WHERE root_id <> person_id;
CREATE INDEX person_deleted ON person (account_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- tenant: account
-- Exact identifiers of a person (base/ident.h), made from the facts in force. Not unique on purpose: two people of one
-- address are a proposal to merge, never a refusal. Asked by value only: which are a person's says person.keys.
CREATE TABLE ident (
    account_id      BIGINT NOT NULL,              -- whose
    kind            TEXT NOT NULL,                -- email, url, phone, npi, uid, orcid
    value           TEXT NOT NULL,                -- canonical
    person_id       BIGINT NOT NULL,              -- who says it, before merges
    PRIMARY KEY (account_id, kind, value, person_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Things to filter by, made from the facts in force of a whole merge: tag, school, org, specialty, language, city, region,
-- country, paper. Asked by value only, like ident.
CREATE TABLE trait (
    account_id      BIGINT NOT NULL,              -- whose
    kind            TEXT NOT NULL,                -- tag, school, org, specialty, language, city, region, country, paper
    value           TEXT NOT NULL,                -- folded
    person_id       BIGINT NOT NULL,              -- who, after merges
    label           TEXT NOT NULL,                -- as written
    PRIMARY KEY (account_id, kind, value, person_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Photos and other bytes, once each.
CREATE TABLE blob (
    account_id      BIGINT NOT NULL,              -- whose
    digest          TEXT NOT NULL,                -- of the bytes
    media_type      TEXT NOT NULL,                -- image/jpeg ...
    bytes           BYTEA NOT NULL,               -- as they came
    PRIMARY KEY (account_id, digest)
);

-- tenant: account
-- Something that happened between you.
CREATE TABLE touch (
    account_id      BIGINT NOT NULL,              -- whose
    person_id       BIGINT NOT NULL,              -- with whom; stays the same through merges
    touch_id        BIGINT NOT NULL,              -- time-ordered
    kind            TEXT NOT NULL,                -- id in data/touch_kinds.tsv
    direction       TEXT NOT NULL,                -- "out" from you, "in" from them, "both"
    on_day          INTEGER NOT NULL,             -- the day it happened
    at              BIGINT,                       -- the instant, when known
    minutes         INTEGER,                      -- how long
    note            TEXT,                         -- your words, or the message's first lines
    source_id       BIGINT,                       -- NULL: you logged it
    record_key      TEXT,                         -- which record of the source, so that it comes in once
    created_at      BIGINT NOT NULL,              -- when it was written down
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, person_id, touch_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX touch_by_source ON touch (account_id, source_id);
CREATE INDEX touch_by_day ON touch (account_id, on_day);
CREATE INDEX touch_by_id ON touch (account_id, touch_id);
CREATE INDEX touch_by_key ON touch (account_id, record_key) WHERE record_key IS NOT NULL;

-- tenant: account
-- A next thing to do.
CREATE TABLE step (
    account_id      BIGINT NOT NULL,              -- whose
    step_id         BIGINT NOT NULL,              -- time-ordered
    person_id       BIGINT,                       -- with whom, when it is about one person
    title           TEXT NOT NULL,                -- verb first
    why             TEXT,                         -- the reason, in a sentence
    due_day         INTEGER,                      -- until when
    minutes         INTEGER,                      -- how long it takes
    cost_cents      BIGINT,                       -- what it costs
    currency        TEXT,                         -- ISO 4217
    strategy        TEXT,                         -- id in data/strategies.tsv
    state           TEXT NOT NULL,                -- open, done, dropped
    snoozed_to      INTEGER,                      -- not before this day
    closed_at       BIGINT,                       -- done or dropped
    created_at      BIGINT NOT NULL,              -- written down
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, step_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX step_by_person ON step (account_id, person_id);
CREATE INDEX step_by_due ON step (account_id, state, due_day);

-- tenant: account
-- How often you mean to be in touch: for one person, or for everyone with a tag.
CREATE TABLE cadence (
    account_id      BIGINT NOT NULL,              -- whose
    scope           TEXT NOT NULL,                -- person, tag
    target          TEXT NOT NULL,                -- the person's id in base 32, or the tag
    every_days      INTEGER,                      -- NULL: never
    tier            TEXT,                         -- A, B, C when chosen by tier (data/followup.tsv)
    state           TEXT NOT NULL,                -- active, paused, never
    until_day       INTEGER,                      -- paused or snoozed until
    from_day        INTEGER NOT NULL,             -- the day it was set: counts from here where nothing happened yet
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, scope, target)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Two persons seen as one. Facts and touches keep their person, so undoing is taking this row back.
CREATE TABLE merge (
    account_id      BIGINT NOT NULL,              -- whose
    merge_id        BIGINT NOT NULL,              -- time-ordered
    kept_id         BIGINT NOT NULL,              -- the person that stays in front
    gone_id         BIGINT NOT NULL,              -- the person that is shown as part of it
    why             TEXT NOT NULL,                -- what they have in common
    undone_at       BIGINT,                       -- NULL: in force
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, merge_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Two people who may be one: proposed, or kept apart for good.
CREATE TABLE pair (
    account_id      BIGINT NOT NULL,              -- whose
    a_id            BIGINT NOT NULL,              -- the smaller id
    b_id            BIGINT NOT NULL,              -- the larger id
    state           TEXT NOT NULL,                -- proposed, apart, merged
    why             TEXT NOT NULL,                -- "same e-mail a@b.example", "same name and hospital"
    is_exact        INTEGER NOT NULL,             -- 1: an exact identifier in common
    source_id       BIGINT,                       -- the import that proposed it
    created_at      BIGINT NOT NULL,              -- when
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, a_id, b_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX pair_by_b ON pair (account_id, b_id);

-- tenant: account
-- A relation between two people of the address book that you know of.
CREATE TABLE relation (
    account_id      BIGINT NOT NULL,              -- whose
    relation_id     BIGINT NOT NULL,              -- time-ordered
    a_id            BIGINT NOT NULL,              -- from
    b_id            BIGINT NOT NULL,              -- to
    kind            TEXT NOT NULL,                -- knows, introduced, married, coauthor, colleague, teacher
    note            TEXT,                         -- your words
    source_id       BIGINT,                       -- NULL: you said so
    created_at      BIGINT NOT NULL,              -- when
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, relation_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX relation_by_a ON relation (account_id, a_id);
CREATE INDEX relation_by_b ON relation (account_id, b_id);

-- tenant: account
-- One bringing-in of files, from looking to undoing.
CREATE TABLE import (
    account_id      BIGINT NOT NULL,              -- whose
    import_id       BIGINT NOT NULL,              -- time-ordered
    kind            TEXT NOT NULL,                -- import source: linkedin, vcard, google, ...
    label           TEXT NOT NULL,                -- file names
    file_digest     TEXT NOT NULL,                -- of the bytes, so that the same file is known again
    state           TEXT NOT NULL,                -- previewed, running, applied, failed, cancelled, undone
    n_read          BIGINT NOT NULL,              -- = added + updated + unchanged + refused
    n_added         BIGINT NOT NULL,              -- new people, touches, facts of yours
    n_updated       BIGINT NOT NULL,              -- changed
    n_unchanged     BIGINT NOT NULL,              -- said nothing new
    n_refused       BIGINT NOT NULL,              -- each with file, line and reason
    report          TEXT NOT NULL,                -- JSON: refusals, samples of changes, mapping, decisions
    created_at      BIGINT NOT NULL,              -- looked at
    applied_at      BIGINT,                       -- saved
    undone_at       BIGINT,                       -- taken back
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, import_id)
);

-- tenant: account
-- What can be undone beyond imports and merges: deletes, bulk edits, edits. The reverse is kept as JSON.
CREATE TABLE change (
    account_id      BIGINT NOT NULL,              -- whose
    change_id       BIGINT NOT NULL,              -- time-ordered
    summary         TEXT NOT NULL,                -- "2 people deleted"
    reverse         TEXT NOT NULL,                -- JSON: the action and its parameters that take it back
    created_at      BIGINT NOT NULL,              -- when
    undone_at       BIGINT,                       -- NULL: still in force
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, change_id)
);

-- tenant: account
-- A long action, so that its bar survives a reload.
CREATE TABLE job (
    account_id      BIGINT NOT NULL,              -- whose
    job_id          BIGINT NOT NULL,              -- time-ordered
    action          TEXT NOT NULL,                -- its name
    state           TEXT NOT NULL,                -- running, done, failed, cancelled
    done            BIGINT NOT NULL,              -- of total
    total           BIGINT NOT NULL,              -- 0: no end in sight
    words           TEXT NOT NULL,                -- what is being done
    result          TEXT,                         -- JSON of the result or error
    started_at      BIGINT NOT NULL,              -- when
    ended_at        BIGINT,                       -- NULL: running
    PRIMARY KEY (account_id, job_id)
);

-- tenant: account
-- Settings of an account; app-wide settings belong to account 0.
CREATE TABLE setting (
    account_id      BIGINT NOT NULL,              -- whose, 0: of the store
    name            TEXT NOT NULL,                -- as declared by a feature
    value           TEXT NOT NULL,                -- as text
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, name)
) /* sqlite: WITHOUT ROWID */;
