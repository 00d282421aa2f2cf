-- The goal and its season, what is gone after, what was asked and practised, and the weeks.

-- tenant: account
-- Answers of the first conversation, one a row (data/questions.tsv).
CREATE TABLE goal (
    account_id      BIGINT NOT NULL,              -- whose
    question        TEXT NOT NULL,                -- id in data/questions.tsv
    value           TEXT NOT NULL,                -- canonical: ids parted by blanks, a number, words
    answered_at     BIGINT NOT NULL,              -- when
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, question)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Dates of one's own, and true days of rules.
CREATE TABLE own_date (
    account_id      BIGINT NOT NULL,              -- whose
    date_id         BIGINT NOT NULL,              -- time-ordered
    kind            TEXT NOT NULL,                -- exam, rotation, conference, deadline, other, rule
    title           TEXT NOT NULL,                -- in one's own words
    rule            TEXT,                         -- id in data/season.tsv that it stands for
    on_day          INTEGER NOT NULL,             -- the day, or the first
    until_day       INTEGER,                      -- the last
    minute          INTEGER,                      -- of the day, in the zone; NULL: all day
    zone            TEXT,                         -- IANA name
    note            TEXT,                         -- words
    created_at      BIGINT NOT NULL,              -- written down
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, date_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- What one goes after: a membership, a post, a rotation, a paper.
CREATE TABLE pursuit (
    account_id      BIGINT NOT NULL,              -- whose
    pursuit_id      BIGINT NOT NULL,              -- time-ordered
    kind            TEXT NOT NULL,                -- id in data/pursuit_kinds.tsv
    title           TEXT NOT NULL,                -- as shown
    ref             TEXT,                         -- id in data/ of what it is about
    stage           TEXT NOT NULL,                -- id in data/pursuit_stages.tsv
    strategy        TEXT,                         -- id in data/strategies.tsv
    from_day        INTEGER,                      -- begins
    until_day       INTEGER,                      -- ends; of a membership: paid until
    due_day         INTEGER,                      -- next thing due
    minutes         INTEGER,                      -- time spent or planned
    cost_cents      BIGINT,                       -- price
    currency        TEXT,                         -- ISO 4217
    price_year      INTEGER,                      -- the year the price was seen
    role            TEXT,                         -- one's own part in it
    url             TEXT,                         -- its page
    note            TEXT,                         -- words
    created_at      BIGINT NOT NULL,              -- written down
    closed_at       BIGINT,                       -- came to its end
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, pursuit_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- People met through a pursuit, or who belong to it.
CREATE TABLE pursuit_person (
    account_id      BIGINT NOT NULL,              -- whose
    pursuit_id      BIGINT NOT NULL,              -- which
    person_id       BIGINT NOT NULL,              -- whom
    role            TEXT NOT NULL,                -- met, supervisor, co-author
    on_day          INTEGER,                      -- when
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, pursuit_id, person_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX pursuit_by_person ON pursuit_person (account_id, person_id);

-- tenant: account
-- Favours asked and given; an introduction asked for goes through its states.
CREATE TABLE favour (
    account_id      BIGINT NOT NULL,              -- whose
    favour_id       BIGINT NOT NULL,              -- time-ordered
    person_id       BIGINT NOT NULL,              -- of whom, or for whom
    direction       TEXT NOT NULL,                -- asked, given
    kind            TEXT NOT NULL,                -- id in data/favour_kinds.tsv
    about_person_id BIGINT,                       -- whom an introduction leads to
    about           TEXT,                         -- the same in words
    state           TEXT NOT NULL,                -- asked, granted, thanked, told, declined, done
    strategy        TEXT,                         -- id in data/strategies.tsv
    asked_day       INTEGER,                      -- asked, or done
    settled_day     INTEGER,                      -- granted or declined
    thanked_day     INTEGER,                      -- thanked
    told_day        INTEGER,                      -- told how it went
    note            TEXT,                         -- words
    created_at      BIGINT NOT NULL,              -- written down
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, favour_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX favour_by_person ON favour (account_id, person_id);

-- tenant: account
-- Lessons read, stories told, listening tried.
CREATE TABLE practice (
    account_id      BIGINT NOT NULL,              -- whose
    practice_id     BIGINT NOT NULL,              -- time-ordered
    strategy        TEXT NOT NULL,                -- id in data/strategies.tsv
    kind            TEXT NOT NULL,                -- story, listening, lesson, talk, circle
    ref             TEXT,                         -- which one
    on_day          INTEGER NOT NULL,             -- when
    minutes         INTEGER,                      -- how long
    self_rating     INTEGER,                      -- 1 to 5
    peer_rating     INTEGER,                      -- 1 to 5
    peer_words      TEXT,                         -- what the peer said
    peer_hash       TEXT,                         -- BLAKE2b of the link's secret while it is open
    note            TEXT,                         -- words
    created_at      BIGINT NOT NULL,              -- written down
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, practice_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX practice_by_peer ON practice (account_id, peer_hash) WHERE peer_hash IS NOT NULL;

-- tenant: account
-- One's own story, in its lengths.
CREATE TABLE story (
    account_id      BIGINT NOT NULL,              -- whose
    kind            TEXT NOT NULL,                -- id in data/stories.tsv
    body            TEXT NOT NULL,                -- the words
    changed_at      BIGINT NOT NULL,              -- last edit
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, kind)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- The notebook of answers found in forums and groups.
CREATE TABLE saved (
    account_id      BIGINT NOT NULL,              -- whose
    saved_id        BIGINT NOT NULL,              -- time-ordered
    question        TEXT NOT NULL,                -- what was asked
    body            TEXT NOT NULL,                -- what was answered
    source          TEXT NOT NULL,                -- where
    url             TEXT,                         -- its address
    year            INTEGER,                      -- it speaks of
    is_rumour       INTEGER NOT NULL,             -- nobody official says so
    on_day          INTEGER NOT NULL,             -- found
    minutes         INTEGER,                      -- time spent there that day
    created_at      BIGINT NOT NULL,              -- written down
    deleted_at      BIGINT,                       -- can come back for 30 days
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, saved_id)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- What was put off or refused, so that it is not suggested again.
CREATE TABLE refusal (
    account_id      BIGINT NOT NULL,              -- whose
    scope           TEXT NOT NULL,                -- step, person, strategy, kind
    target          TEXT NOT NULL,                -- a suggestion's key, a person's id in base 32, an id in data/
    until_day       INTEGER,                      -- NULL: for good
    reason          TEXT,                         -- words
    created_at      BIGINT NOT NULL,              -- when
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, scope, target)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Weeks that were accepted or given their own limits.
CREATE TABLE week (
    account_id      BIGINT NOT NULL,              -- whose
    monday          INTEGER NOT NULL,             -- its first day
    minutes         INTEGER NOT NULL,             -- to spend
    cents           BIGINT NOT NULL,              -- to spend
    messages        INTEGER NOT NULL,             -- at most
    accepted_at     BIGINT,                       -- NULL: not yet
    reviewed_at     BIGINT,                       -- NULL: not yet
    note            TEXT,                         -- of the review
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, monday)
) /* sqlite: WITHOUT ROWID */;

-- tenant: account
-- Which week and day a step was chosen for, and why.
CREATE TABLE planned (
    account_id      BIGINT NOT NULL,              -- whose
    step_id         BIGINT NOT NULL,              -- the step
    monday          INTEGER NOT NULL,             -- the week
    on_day          INTEGER NOT NULL,             -- the day
    until_day       INTEGER,                      -- of use until
    origin          TEXT,                         -- the suggestion's key; NULL: your own step
    kind            TEXT,                         -- id in data/suggestions.tsv
    season          TEXT,                         -- season date whose work it is
    is_pinned       INTEGER NOT NULL,             -- stays where it is
    points          INTEGER NOT NULL,             -- worth when it was chosen
    terms           TEXT NOT NULL,                -- JSON array of reasons in words
    digest          TEXT NOT NULL,                -- of this row
    PRIMARY KEY (account_id, step_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX planned_by_week ON planned (account_id, monday, on_day);
CREATE INDEX planned_by_origin ON planned (account_id, origin) WHERE origin IS NOT NULL;

-- What happened in the last year with everybody is read from the index alone.
DROP INDEX touch_by_day;
CREATE INDEX touch_by_day ON touch (account_id, on_day, person_id, kind, direction, deleted_at);
