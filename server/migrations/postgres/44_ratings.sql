-- What families say of how their case was handled and who asked what went wrong, notes of the office, lists that were taken along
-- as files, and presses that did something to several cases. Words are sealed; nothing here names anybody who applied.

create table case_rating (
    case_id text primary key references procedure_case (id),
    -- From 1, very dissatisfied, to 5. Whoever says nothing has no row.
    grade bigint not null check (grade between 1 and 5),
    -- Ready reasons of a bad grade, by their names, with spaces between.
    reasons text not null,
    -- Words of their own, or that there are none.
    sealed bytea not null,
    rated_at bigint not null,
    -- When somebody of the office first read it.
    read_at bigint
);
create index case_rating_bad on case_rating (rated_at) where grade <= 2;

-- Somebody asked what went wrong, and what came of it.
create table case_follow_up (
    case_id text primary key references case_rating (case_id),
    staff_id text not null references staff (id),
    at bigint not null,
    sealed bytea not null
);

-- Words for colleagues, never for the family.
create table case_note (
    id text primary key,
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    at bigint not null,
    sealed bytea not null
);
create index case_note_of_case on case_note (case_id, at);

-- A queue as a file: who took it along, and why. Each has a stream of its own.
create table case_export (
    id text primary key,
    staff_id text not null references staff (id),
    queue text not null,
    why text not null,
    -- Cases in it.
    cases bigint not null,
    at bigint not null,
    audit_length bigint not null,
    audit_head text not null
);
create index case_export_at on case_export (at);

-- One case of one press on several, as a fingerprint: the same press again does nothing again.
create table case_press (
    id text primary key,
    at bigint not null
);
create index case_press_at on case_press (at);

-- Figures are counted from the events of cases within a time.
create index audit_of_cases on audit (at) where stream like 'case:%';

-- What somebody of the office has read stays as it was read.
create function rating_stays() returns trigger language plpgsql as $$ begin
    raise exception 'rating_stays' using errcode = '23514', constraint = 'rating_stays';
end $$;
create trigger rating_stays before update of grade, reasons, rated_at on case_rating
    for each row when (old.read_at is not null) execute function rating_stays();

-- Whoever filled a case in, proposed, signed or has it does not ask what went wrong with it.
create function followed_by_another() returns trigger language plpgsql as $$ begin
    if tg_op = 'UPDATE' or exists (select 1 from procedure_case c where c.id = new.case_id
        and new.staff_id in (c.filed_by, c.proposed_by, c.approved_by, c.assigned_to)) then
        raise exception 'followed_by_another' using errcode = '23514', constraint = 'followed_by_another';
    end if;
    return new;
end $$;
create trigger followed_by_another before insert on case_follow_up
    for each row execute function followed_by_another();
create trigger follow_up_stays before update of case_id, staff_id, at on case_follow_up
    for each row execute function followed_by_another();
