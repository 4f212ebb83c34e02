-- How long the record of whoever gave a further signature was when they did: it is void once they were stopped since.
alter table case_cosign add column signed_after bigint;

-- Two proposals of a sum in the same instant: the second is told that one waits, by the name of this rule.
drop index threshold_changed_once;
create unique index threshold_changed_once on signing_threshold (region, procedure, (length(procedure))) where outcome is null;
