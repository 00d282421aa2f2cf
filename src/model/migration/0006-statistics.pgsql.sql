-- PostgreSQL counts for itself (autovacuum); this keeps the numbers of both engines' migrations alike.
SELECT 1;
