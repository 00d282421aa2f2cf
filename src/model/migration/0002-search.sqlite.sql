-- tenant: account
-- What search looks in: names in every reading, places, work, addresses, tags, notes, folded by base/fold.h. rowid = person_id.
CREATE VIRTUAL TABLE person_search USING fts5(account_id UNINDEXED, words, tokenize = 'unicode61', detail = 'none');
