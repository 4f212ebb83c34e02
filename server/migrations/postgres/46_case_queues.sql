-- What the office's queues ask for stands at the front of an index, however many cases there are. An index is used by what says
-- the same as it: an open case is one whose state is none of three, in just these words.

-- Whether another case ever named the same where one is granted. Few do, and only those are looked at for rivals.
alter table procedure_case add column contested bigint not null default 0 check (contested in (0, 1));
update procedure_case set contested = 1 where id in (select o.case_id from procedure_once o join procedure_once r
    on r.value_index = o.value_index and r.field = o.field and r.procedure = o.procedure and r.case_id <> o.case_id);
create function case_contested() returns trigger language plpgsql as $$ begin
    -- Of two that name the same in one instant, the later one sees the earlier one.
    perform pg_advisory_xact_lock(hashtextextended(new.value_index, 0));
    if exists (select 1 from procedure_once r where r.value_index = new.value_index and r.field = new.field
        and r.procedure = new.procedure and r.case_id <> new.case_id)
    then
        update procedure_case set contested = 1 where contested = 0 and id in (select r.case_id from procedure_once r
            where r.value_index = new.value_index and r.field = new.field and r.procedure = new.procedure);
    end if;
    return null;
end $$;
create trigger case_contested after insert on procedure_once for each row execute function case_contested();

drop index case_of_staff;
create index case_of_staff on procedure_case (assigned_to, (coalesce(due_on, '9999-12-31')), submitted_at, id)
    where assigned_to is not null and state not in ('decided', 'closed', 'withdrawn');
drop index case_of_nobody;
create index case_of_nobody on procedure_case (submitted_at, id)
    where assigned_to is null and state not in ('decided', 'closed', 'withdrawn');
drop index case_due;
create index case_due on procedure_case (due_on, submitted_at, id) where due_on is not null;
create index case_waits on procedure_case (state, asked_at, id) where state = 'supplementing';
create index case_to_sign on procedure_case (state, lapses_at, id) where state = 'proposed';
create index case_rivals on procedure_case (submitted_at, id)
    where contested = 1 and state not in ('decided', 'closed', 'withdrawn');
drop index case_by_day;
create index case_by_day on procedure_case (submitted_at, id);
-- Silence accepts these, where a text says so; what was accepted and is late is not looked through for them.
create index case_silent on procedure_case (state, due_on) where state = 'submitted' and due_on is not null;

-- Who looked at one case, among all looks.
create index case_look_of_case on case_look (case_id, at);

-- Whether somebody asked what went wrong, so that those who wait are not looked for among all who ever were dissatisfied.
alter table case_rating add column followed bigint not null default 0 check (followed in (0, 1));
update case_rating set followed = 1 where case_id in (select case_id from case_follow_up);
create function rating_followed() returns trigger language plpgsql as $$ begin
    update case_rating set followed = 1 where case_id = new.case_id;
    return null;
end $$;
create trigger rating_followed after insert on case_follow_up for each row execute function rating_followed();
drop index case_rating_bad;
create index case_rating_bad on case_rating (rated_at, case_id) where grade <= 2 and followed = 0;
