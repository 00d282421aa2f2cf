-- PostgreSQL's key of this table holds the account already; this keeps the numbers of both engines' migrations alike.
SELECT 1;
