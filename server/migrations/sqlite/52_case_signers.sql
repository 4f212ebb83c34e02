-- How long the record of whoever gave a further signature was when they did: it is void once they were stopped since.
alter table case_cosign add column signed_after integer;

-- Two proposals of a sum in the same instant: the second is told that one waits, by the name of this rule.
drop index threshold_changed_once;
create unique index threshold_changed_once on signing_threshold (region, procedure, (length(procedure))) where outcome is null;

-- Where a value is named once more, all who named it before but one know already that another did: of very many, two rows are
-- written and not each of them.
drop trigger case_contested;
create trigger case_contested after insert on procedure_once
    when exists (select 1 from procedure_once r where r.value_index = new.value_index and r.field = new.field
        and r.procedure = new.procedure and r.case_id <> new.case_id)
begin
    update procedure_case set contested = 1 where contested = 0 and id in (new.case_id,
        (select r.case_id from procedure_once r where r.value_index = new.value_index and r.field = new.field
            and r.procedure = new.procedure and r.case_id <> new.case_id limit 1));
end;
