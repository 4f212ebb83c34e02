-- Nobody decides on their own application, and whoever put an answer into a case does not sign it: both are known to the
-- database, whatever roles they have.

-- How often a case was passed on to a relative of the applicant: each time the links and keys of before are dead.
alter table procedure_case add column passed_times bigint not null default 0;
-- How long the record of whoever proposed was when they did: what they proposed is void once they were stopped since.
alter table procedure_case add column proposed_after bigint;
-- When what names people was erased, as long after its end as the bureau keeps it.
alter table procedure_case add column erased_at bigint
    check (erased_at is null or (state in ('closed', 'withdrawn') and phone_index is null and applicant_index is null));
create index case_ended on procedure_case (changed_at) where erased_at is null and state in ('closed', 'withdrawn');

-- Who of the office entered, put right or passed on what a case says.
create table case_hand (
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    primary key (case_id, staff_id)
);

-- From which sum on a grant takes a further signature, of whoever pays: proposed by one who signs cases and confirmed by another. A
-- row that was decided never changes, so that what was in force on a day is known.
create table signing_threshold (
    id text primary key,
    region text not null,
    procedure text not null,
    -- In fen; none takes the threshold away.
    fen bigint check (fen > 0),
    proposer text not null references staff (id),
    proposed_at bigint not null,
    expires_at bigint not null,
    -- How long the record of whoever proposed it was then.
    proposed_after bigint not null,
    decided_by text references staff (id),
    decided_at bigint,
    outcome text check (outcome in ('confirmed', 'declined', 'withdrawn', 'expired')),
    constraint two_persons check (outcome <> 'confirmed' or (decided_by is not null and decided_by <> proposer)),
    check ((outcome is null) = (decided_at is null))
);
create unique index threshold_changed_once on signing_threshold (region, procedure) where outcome is null;
create index threshold_in_force on signing_threshold (region, procedure, decided_at) where outcome = 'confirmed';
create function threshold_stays() returns trigger language plpgsql as $$ begin
    raise exception 'a threshold that was decided stays as it is' using errcode = '23514';
end $$;
create trigger threshold_stays before update on signing_threshold
    for each row when (old.outcome is not null) execute function threshold_stays();

-- The further signature, over the proposal that was read.
create table case_cosign (
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    hash text not null,
    at bigint not null,
    primary key (case_id, hash, staff_id)
);

create function case_is_not_ones_own() returns trigger language plpgsql as $$ begin
    if exists (select 1 from staff s where s.id in (new.proposed_by, new.approved_by) and s.person_index = new.applicant_index)
    then
        raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
    end if;
    return new;
end $$;
create trigger case_is_not_ones_own before update of proposed_by, approved_by, applicant_index on procedure_case
    for each row execute function case_is_not_ones_own();

create function case_is_signed_by_another() returns trigger language plpgsql as $$ begin
    if exists (select 1 from case_hand h where h.case_id = new.id and h.staff_id = new.approved_by)
        or exists (select 1 from case_cosign s where s.case_id = new.id and s.staff_id = new.approved_by)
    then
        raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
    end if;
    return new;
end $$;
create trigger case_is_signed_by_another before update of approved_by on procedure_case
    for each row when (new.approved_by is distinct from old.approved_by) execute function case_is_signed_by_another();
