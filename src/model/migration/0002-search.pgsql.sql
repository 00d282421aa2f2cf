-- tenant: account
-- What search looks in: names in every reading, places, work, addresses, tags, notes, folded by base/fold.h.
CREATE TABLE person_search (
    account_id      BIGINT NOT NULL,              -- whose
    person_id       BIGINT NOT NULL,              -- who
    words           TSVECTOR NOT NULL,            -- to_tsvector('simple', folded text)
    PRIMARY KEY (account_id, person_id)
);
CREATE INDEX person_search_words ON person_search USING gin (words);
