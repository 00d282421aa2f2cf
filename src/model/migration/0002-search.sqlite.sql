-- tenant: account
-- What search looks in: names in every reading, places, work, addresses, tags, notes, folded by base/fold.h. rowid = person_id.
CREATE VIRTUAL TABLE person_search USING fts5(account_id UNINDEXED, words, tokenize = 'ascii', detail = 'none', columnsize = 0);
-- A large import gathers its words in memory before it writes them in order.
INSERT INTO person_search (person_search, rank) VALUES ('hashsize', 16777216);
