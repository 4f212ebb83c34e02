-- Photographs and PDFs of drafts and cases. What is stored is sealed with a key of its own, which lies sealed in the row:
-- without the row nobody opens any copy of it.
create table case_file (
    id text primary key,
    -- Whose it is: one of the two. It goes from the draft to the case with what was typed.
    draft_id text,
    case_id text,
    -- The paper, by its id in the procedure, and its place among the photographs of that paper.
    paper text not null,
    position bigint not null check (position >= 0),
    -- Parts come; it is there; the scanner found something in it later on.
    state text not null check (state in ('receiving', 'kept', 'refused')),
    -- Bytes that its sender has, and that have come of them.
    announced bigint not null check (announced > 0),
    received bigint not null check (received between 0 and announced),
    -- What is kept: its kind by its content, its bytes as it is given out, a keyed hash of them within the draft or case and
    -- the paper, and its name in the store.
    kind text check (kind in ('photo', 'pdf')),
    size bigint,
    address text,
    object text unique,
    -- When the scanner found nothing; until then it is given to nobody where there is a scanner.
    scanned_at bigint,
    -- Its name and its key.
    sealed bytea not null,
    created_at bigint not null,
    check ((draft_id is null) <> (case_id is null)),
    check ((state = 'kept') = (kind is not null)),
    check ((state = 'kept') = (size is not null)),
    check ((state = 'kept') = (address is not null)),
    check ((state = 'kept') = (object is not null)),
    check (scanned_at is null or state = 'kept')
);
create index case_file_of_draft on case_file (draft_id, paper, position) where draft_id is not null;
create index case_file_of_case on case_file (case_id, paper, position) where case_id is not null;
create index case_file_unscanned on case_file (created_at) where state = 'kept' and scanned_at is null;
create index case_file_unfinished on case_file (created_at) where state = 'receiving';

-- The parts that a file comes in, until it is whole.
create table case_file_part (
    file_id text not null references case_file (id),
    offset_bytes bigint not null check (offset_bytes >= 0),
    size bigint not null check (size > 0),
    -- A keyed hash: the same part sent again is told from another one.
    fingerprint text not null,
    object text not null unique,
    primary key (file_id, offset_bytes)
);

-- Objects of the store that no row names: each is written down before it is stored, and crossed out once a row names it.
create table file_doomed (
    object text primary key,
    -- From when on it is removed.
    from_at bigint not null
);
create index file_doomed_from on file_doomed (from_at);

-- Who of the office looked at the files of a paper, beside the case and single answers; once in a quarter of an hour.
alter table case_look add column paper text;
drop index case_opened_once;
create unique index case_opened_once on case_look (case_id, staff_id, (coalesce(paper, '')), (at / 900000)) where field is null;
