-- Applications: drafts, the cases that they become, what is granted once, and who looked. What people typed is sealed; nothing
-- here names anybody.

-- A definition as it was when a case was handed in under it: later rules do not change what was asked and promised.
create table procedure_rules (
    -- SHA-256 of the procedure, in hex.
    hash text primary key,
    -- In JSON.
    body text not null
);

create table procedure_case (
    id text primary key,
    reference text not null,
    region text not null,
    procedure text not null,
    rules_hash text not null references procedure_rules (hash),
    state text not null check (state in
        ('submitted', 'accepted', 'reviewing', 'supplementing', 'proposed', 'decided', 'closed', 'withdrawn')),
    -- Acts behind it.
    version bigint not null,
    -- The state with what it carries, in JSON.
    state_json text not null,
    -- Blind indexes of the applicant, where the form asks for them.
    phone_index text,
    applicant_index text,
    locale text not null,
    -- Who filled it in at the counter, who proposed what stands now, who signed it, and whose it is to work on.
    filed_by text references staff (id),
    proposed_by text references staff (id),
    approved_by text references staff (id),
    assigned_to text references staff (id),
    submitted_at bigint not null,
    -- When the papers last came: handed in, or added to.
    received_at bigint not null,
    accepted_at bigint,
    asked_at bigint,
    decided_at bigint,
    -- The last day of the time that runs now, and whether it may still change with the calendar.
    due_on text,
    provisional bigint not null check (provisional in (0, 1)),
    -- The next day on which the clock has something to say.
    alert_on text,
    -- When a proposal is over.
    lapses_at bigint,
    changed_at bigint not null,
    sealed bytea not null,
    -- SHA-256 of what was handed in, in hex.
    receipt text not null,
    -- A repeated request with the same key gets the same case; both are fingerprints.
    request_key text,
    request_body text,
    audit_length bigint not null,
    audit_head text not null,
    constraint three_persons check (
        (filed_by is null or proposed_by is null or filed_by <> proposed_by)
        and (filed_by is null or approved_by is null or filed_by <> approved_by)
        and (proposed_by is null or approved_by is null or proposed_by <> approved_by)),
    check (approved_by is null or proposed_by is not null),
    check (state <> 'proposed' or (proposed_by is not null and lapses_at is not null)),
    check (state not in ('decided', 'closed') or (approved_by is not null and decided_at is not null)),
    check ((request_key is null) = (request_body is null))
);
create unique index case_reference on procedure_case (reference, (length(reference)));
create unique index case_request_key on procedure_case (request_key, (length(request_key)));
create index case_by_state on procedure_case (state, submitted_at);
create index case_due on procedure_case (due_on) where due_on is not null;
create index case_of_staff on procedure_case (assigned_to) where assigned_to is not null;
create index case_of_nobody on procedure_case (submitted_at)
    where assigned_to is null and state in ('submitted', 'accepted', 'reviewing', 'supplementing', 'proposed');
create index case_of_phone on procedure_case (phone_index);
create index case_by_day on procedure_case (submitted_at);
create index case_decided on procedure_case (procedure, region, decided_at);
create index case_alert_due on procedure_case (alert_on) where alert_on is not null;
create index case_lapses on procedure_case (lapses_at) where lapses_at is not null;

-- Who filled a case in stays so: otherwise they could propose or sign it later.
create function case_keeps_its_filer() returns trigger language plpgsql as $$ begin
    raise exception 'three_persons' using errcode = '23514', constraint = 'three_persons';
end $$;
create trigger case_keeps_its_filer before update of filed_by on procedure_case
    for each row when (new.filed_by is distinct from old.filed_by) execute function case_keeps_its_filer();

-- What is granted once, whoever asks: rival claims stand side by side until one of them is granted.
create table procedure_once (
    case_id text not null references procedure_case (id),
    procedure text not null,
    field text not null,
    value_index text not null,
    granted bigint not null check (granted in (0, 1)),
    primary key (case_id, field)
);
create unique index granted_once on procedure_once (procedure, field, value_index, (granted + 0)) where granted = 1;
create index procedure_once_rivals on procedure_once (value_index);

-- Days on which the office waited for the family, by the civil date.
create table case_pause (
    case_id text not null references procedure_case (id),
    asked_on text not null,
    came_on text,
    primary key (case_id, asked_on),
    check (came_on >= asked_on)
);

-- What the clock has told of a case, each once for each time that runs.
create table case_alert (
    case_id text not null references procedure_case (id),
    begun_on text not null,
    alert text not null check (alert in ('half', 'near', 'due', 'over')),
    at bigint not null,
    primary key (case_id, begun_on, alert)
);

-- Who of the office looked: at the case, or at one answer in full with a reason. The family reads it.
create table case_look (
    id text primary key,
    case_id text not null references procedure_case (id),
    staff_id text not null references staff (id),
    field text,
    why text,
    at bigint not null,
    check ((field is null) = (why is null))
);
create unique index case_opened_once on case_look (case_id, staff_id, (at / 900000)) where field is null;
create index case_look_of_staff on case_look (staff_id, at);

create table application_draft (
    id text primary key,
    region text not null,
    procedure text not null,
    -- How often it was saved.
    version bigint not null,
    sealed bytea not null,
    -- Blind indexes of the applicant's phone and of the last six signs of their number, by which a draft is found again.
    phone_index text,
    id_tail_index text,
    filed_by text references staff (id),
    expires_at bigint not null,
    -- The case that it became.
    submitted text references procedure_case (id)
);
create index draft_of_phone on application_draft (phone_index, id_tail_index) where phone_index is not null;
create index draft_expires on application_draft (expires_at);
create index draft_submitted on application_draft (submitted) where submitted is not null;
