-- Nobody decides on their own application, and whoever put an answer into a case does not sign it: both are known to the
-- database, whatever roles they have.

-- How often a case was passed on to a relative of the applicant: each time the links and keys of before are dead.
alter table procedure_case add column passed_times integer not null default 0;
-- How long the record of whoever proposed was when they did: what they proposed is void once they were stopped since.
alter table procedure_case add column proposed_after integer;
-- When what names people was erased, as long after its end as the bureau keeps it.
alter table procedure_case add column erased_at integer
    check (erased_at is null or (state in ('closed', 'withdrawn') and phone_index is null and applicant_index is null));
create index case_ended on procedure_case (changed_at) where erased_at is null and state in ('closed', 'withdrawn');

-- Who of the office entered, put right or passed on what a case says.
create table case_hand (
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    primary key (case_id, staff_id)
) strict;

-- From which sum on a grant takes a further signature, of whoever pays: proposed by one who signs cases and confirmed by another. A
-- row that was decided never changes, so that what was in force on a day is known.
create table signing_threshold (
    id text primary key,
    region text not null,
    procedure text not null,
    -- In fen; none takes the threshold away.
    fen integer check (fen > 0),
    proposer text not null references staff (id),
    proposed_at integer not null,
    expires_at integer not null,
    -- How long the record of whoever proposed it was then.
    proposed_after integer not null,
    decided_by text references staff (id),
    decided_at integer,
    outcome text check (outcome in ('confirmed', 'declined', 'withdrawn', 'expired')),
    constraint two_persons check (outcome <> 'confirmed' or (decided_by is not null and decided_by <> proposer)),
    check ((outcome is null) = (decided_at is null))
) strict;
create unique index threshold_changed_once on signing_threshold (region, procedure) where outcome is null;
create index threshold_in_force on signing_threshold (region, procedure, decided_at) where outcome = 'confirmed';
create trigger threshold_stays before update on signing_threshold when old.outcome is not null
begin select raise(abort, 'a threshold that was decided stays as it is'); end;

-- The further signature, over the proposal that was read.
create table case_cosign (
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    hash text not null,
    at integer not null,
    primary key (case_id, hash, staff_id)
) strict;

create trigger case_is_not_ones_own before update of proposed_by, approved_by, applicant_index on procedure_case
    when exists (select 1 from staff s where s.id in (new.proposed_by, new.approved_by) and s.person_index = new.applicant_index)
begin select raise(abort, 'CHECK constraint failed: three_persons'); end;

create trigger case_is_signed_by_another before update of approved_by on procedure_case
    when new.approved_by is not old.approved_by
    and (exists (select 1 from case_hand h where h.case_id = new.id and h.staff_id = new.approved_by)
        or exists (select 1 from case_cosign s where s.case_id = new.id and s.staff_id = new.approved_by))
begin select raise(abort, 'CHECK constraint failed: three_persons'); end;
