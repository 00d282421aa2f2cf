-- Two accounts of one file may hold people of the same ids (an export of one that was read into the other), but a full-text
-- table has one rowid for each row: from now on it is person_id + ((account_id & 536870911) << 31).
UPDATE person_search SET rowid = rowid + ((account_id & 536870911) << 31);
