-- Words between a family and the office, and texts to a family that did not arrive.

create table case_message (
    id text primary key,
    case_id text not null references procedure_case (id),
    side text not null check (side in ('office', 'family')),
    -- Who of the office wrote it; the family is named by its case.
    staff_id text references staff (id),
    at integer not null,
    -- When the other side first read it.
    seen_at integer,
    -- How often the case had passed on by then: whom it passes on to does not read the words of another.
    passed_times integer not null,
    sealed blob not null,
    constraint message_is_of_its_side check ((side = 'office') = (staff_id is not null))
) strict;
create index case_message_of_case on case_message (case_id, at);

-- Since when a word of the family waits for an answer.
alter table procedure_case add column written_at integer;
create index case_written on procedure_case (written_at, id) where written_at is not null;

-- Since when a text to the family has failed of which nobody has told it otherwise.
alter table procedure_case add column unreached_at integer;
create index case_unreached on procedure_case (unreached_at, id) where unreached_at is not null;
update procedure_case set unreached_at = (select min(o.due_at) from outbox o where o.subject = 'case:' || procedure_case.id
    and o.state = 'failed' and o.useful_until is null)
    where erased_at is null and id in (select substr(o.subject, 6) from outbox o where o.state = 'failed'
    and o.useful_until is null and o.subject like 'case:%');
-- A text that was overtaken says until when it was of use, and is nobody's task.
create trigger case_unreached after update of state on outbox
    when new.state = 'failed' and old.state <> 'failed' and new.useful_until is null and new.subject like 'case:%'
begin
    update procedure_case set unreached_at = coalesce(unreached_at, new.due_at)
        where id = substr(new.subject, 6) and erased_at is null;
end;
